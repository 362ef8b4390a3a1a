package io.irpc.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of commands, calls and events.
 *
 * @since 0.1.0
 */
public enum IrpcObservationDocumentation implements ObservationDocumentation {

	/**
	 * A command of a peer, from its arrival until it is answered, be it carried out or
	 * refused.
	 */
	SERVER_REQUESTS("irpc.server.requests", DefaultIrpcServerRequestObservationConvention.class,
			new KeyName[] { LowCardinalityKey.COMMAND, LowCardinalityKey.FUNCTION, LowCardinalityKey.OUTCOME,
					LowCardinalityKey.ERROR_CODE },
			new KeyName[] { HighCardinalityKey.SESSION, HighCardinalityKey.USER, HighCardinalityKey.PEER_NAME,
					HighCardinalityKey.PEER_ADDRESS }),

	/**
	 * A call of a function of a peer, from before a connection is waited for until there
	 * is an answer, or there will be none.
	 */
	CLIENT_REQUESTS("irpc.client.requests", DefaultIrpcClientRequestObservationConvention.class,
			new KeyName[] { LowCardinalityKey.CLIENT, LowCardinalityKey.FUNCTION, LowCardinalityKey.OUTCOME,
					LowCardinalityKey.ERROR_CODE },
			new KeyName[0]),

	/**
	 * The raising of an event, until it is in the journal or left to the commit of the
	 * transaction. The event belongs to its trace.
	 */
	SERVER_EVENTS_RAISED("irpc.server.events.raised", DefaultIrpcEventRaiseObservationConvention.class,
			new KeyName[] { LowCardinalityKey.EVENT }, new KeyName[0]),

	/**
	 * An attempt to handle an event that was received.
	 */
	CLIENT_EVENTS("irpc.client.events", DefaultIrpcClientEventObservationConvention.class,
			new KeyName[] { LowCardinalityKey.CLIENT, LowCardinalityKey.EVENT },
			new KeyName[] { HighCardinalityKey.SUBSCRIPTION, HighCardinalityKey.CURSOR });

	private final String name;

	private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

	@SuppressWarnings("ImmutableEnumChecker")
	private final KeyName[] lowCardinalityKeys;

	@SuppressWarnings("ImmutableEnumChecker")
	private final KeyName[] highCardinalityKeys;

	IrpcObservationDocumentation(String name,
			Class<? extends ObservationConvention<? extends Observation.Context>> convention,
			KeyName[] lowCardinalityKeys, KeyName[] highCardinalityKeys) {
		this.name = name;
		this.convention = convention;
		this.lowCardinalityKeys = lowCardinalityKeys;
		this.highCardinalityKeys = highCardinalityKeys;
	}

	/**
	 * Return the name that conventions give unless the application has its own.
	 * @return the name
	 */
	String defaultName() {
		return this.name;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.convention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return this.lowCardinalityKeys.clone();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return this.highCardinalityKeys.clone();
	}

	/**
	 * The keys whose values are bounded.
	 */
	public enum LowCardinalityKey implements KeyName {

		/**
		 * The name of the command, such as {@code call}; {@code unknown} for one that
		 * does not exist.
		 */
		COMMAND("command"),

		/**
		 * The name of the function; {@code unknown} for one that is not published,
		 * {@code none} for a command that is about none.
		 */
		FUNCTION("function"),

		/**
		 * The name of the event.
		 */
		EVENT("event"),

		/**
		 * What the application knows the client by, such as {@code default}; {@code none}
		 * for a server that calls on a session of one of its clients.
		 */
		CLIENT("client"),

		/**
		 * How it ended: one of {@link IrpcOutcome}.
		 */
		OUTCOME("outcome"),

		/**
		 * The error code of the protocol, such as {@code invalid_argument}; {@code none}
		 * for success.
		 */
		ERROR_CODE("error.code");

		private final String key;

		LowCardinalityKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * The keys whose values are not bounded: for spans, not for meters.
	 */
	public enum HighCardinalityKey implements KeyName {

		/**
		 * The number of the session.
		 */
		SESSION("irpc.session"),

		/**
		 * The name of the user; {@code none} for an anonymous session.
		 */
		USER("irpc.user"),

		/**
		 * What the peer says that it is called; {@code none} for one that does not say.
		 */
		PEER_NAME("irpc.peer.name"),

		/**
		 * The address of the peer; {@code none} if it has none.
		 */
		PEER_ADDRESS("irpc.peer.address"),

		/**
		 * The name of the subscription.
		 */
		SUBSCRIPTION("irpc.subscription"),

		/**
		 * Where the event stands in the journal of the server; {@code none} if that is
		 * not known.
		 */
		CURSOR("irpc.cursor");

		private final String key;

		HighCardinalityKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
