package io.irpc.observation;

import java.util.Map;

import io.irpc.observation.IrpcObservationDocumentation.HighCardinalityKey;
import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ConcurrentReferenceHashMap.ReferenceType;

/**
 * Names and describes commands of peers unless the application has its own convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcServerRequestObservationConvention implements IrpcServerRequestObservationConvention {

	private final KnownKeyValues known = new KnownKeyValues(LowCardinalityKey.COMMAND);

	private final Remembered<CalledFunction, String> names = new Remembered<>(
			(called) -> "irpc " + called.command() + " " + called.function());

	private final Map<IrpcSession, SessionDescription> sessions = new ConcurrentReferenceHashMap<>(16,
			ReferenceType.WEAK);

	@Override
	public String getName() {
		return IrpcObservationDocumentation.SERVER_REQUESTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcServerRequestContext context) {
		String command = (context.getCommand() != null) ? context.getCommand() : RequestKeys.UNKNOWN;
		String function = context.getFunction();
		return (function != null) ? this.names.get(new CalledFunction(command, function)) : "irpc " + command;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcServerRequestContext context) {
		String command = context.getCommand();
		return this.known.of((command != null) ? command : RequestKeys.UNKNOWN, function(context), context.getOutcome(),
				context.getErrorCode());
	}

	private static @Nullable String function(IrpcServerRequestContext context) {
		Invocation invocation = context.getCarrier();
		boolean named = invocation != null && invocation.command().internal("fn") != null;
		String function = context.getFunction();
		return (function != null || !named) ? function : RequestKeys.UNKNOWN;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(IrpcServerRequestContext context) {
		Invocation invocation = context.getCarrier();
		if (invocation == null) {
			return KeyValues.empty();
		}
		String user = user(invocation);
		String peer = context.getRemoteServiceName();
		SessionDescription known = context.description();
		if (known == null) {
			known = this.sessions.get(invocation.session());
		}
		if (known == null || !known.isOf(user, peer)) {
			known = new SessionDescription(user, peer, describe(invocation, user, context));
			this.sessions.put(invocation.session(), known);
		}
		context.describe(known);
		return known.values();
	}

	private static KeyValues describe(Invocation invocation, @Nullable String user, IrpcServerRequestContext context) {
		return KeyValues.of(HighCardinalityKey.SESSION.withValue(Long.toString(invocation.session().id())),
				RequestKeys.orNone(HighCardinalityKey.USER, user),
				RequestKeys.orNone(HighCardinalityKey.PEER_NAME, context.getRemoteServiceName()),
				RequestKeys.orNone(HighCardinalityKey.PEER_ADDRESS, context.getRemoteServiceAddress()));
	}

	// one that is refused has run for nobody
	private static @Nullable String user(Invocation invocation) {
		SessionUser user = (invocation.user() != null) ? invocation.user() : invocation.session().user();
		return (user != null) ? user.principal().getName() : null;
	}

	/**
	 * What a request is named by.
	 */
	private record CalledFunction(String command, String function) {

		// what a record has by itself is slow on Java 17, and each request asks for it
		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof CalledFunction that && this.function.equals(that.function)
					&& this.command.equals(that.command);
		}

		@Override
		public int hashCode() {
			return 31 * this.function.hashCode() + this.command.hashCode();
		}

	}

}
