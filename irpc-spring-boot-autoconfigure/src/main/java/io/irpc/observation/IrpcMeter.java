package io.irpc.observation;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of servers and clients that come without observations.
 */
enum IrpcMeter implements MeterDocumentation {

	SERVER_SESSIONS("irpc.server.sessions", Meter.Type.GAUGE, BaseUnits.SESSIONS, "Sessions that are open", Key.STATE,
			Key.USER),

	SERVER_SESSIONS_OPENED("irpc.server.sessions.opened", Meter.Type.COUNTER, null,
			"Connections that have become sessions"),

	SERVER_COMMANDS("irpc.server.commands", Meter.Type.GAUGE, "commands", "Commands of all sessions that are under way",
			Key.STATE),

	SERVER_MESSAGES("irpc.server.messages", Meter.Type.COUNTER, BaseUnits.MESSAGES, "Messages over all sessions",
			Key.DIRECTION),

	SERVER_TRAFFIC("irpc.server.traffic", Meter.Type.COUNTER, BaseUnits.BYTES, "Bytes over all sessions, without TLS",
			Key.DIRECTION),

	SERVER_MEMORY_USED("irpc.server.memory.used", Meter.Type.GAUGE, BaseUnits.BYTES,
			"Memory that all sessions hold together"),

	SERVER_MEMORY_MAX("irpc.server.memory.max", Meter.Type.GAUGE, BaseUnits.BYTES,
			"Memory that all sessions may hold together"),

	SERVER_LIMITS_EXCEEDED("irpc.server.limits.exceeded", Meter.Type.COUNTER, null, "Refusals by the limit exceeded",
			Key.LIMIT),

	SERVER_LOGINS("irpc.server.logins", Meter.Type.COUNTER, "logins", "Checks of credentials", Key.OUTCOME),

	SERVER_LOGINS_DELAYED("irpc.server.logins.delayed", Meter.Type.COUNTER, null,
			"Checks of credentials that had to wait after failed ones"),

	SERVER_SUBSCRIPTIONS("irpc.server.subscriptions", Meter.Type.GAUGE, "subscriptions",
			"Subscriptions of open sessions", Key.STATE),

	SERVER_SUBSCRIPTIONS_LAG("irpc.server.subscriptions.lag", Meter.Type.GAUGE, BaseUnits.EVENTS,
			"Entries of the journal behind the cursors of all subscriptions together"),

	SERVER_SUBSCRIPTIONS_LAG_MAX("irpc.server.subscriptions.lag.max", Meter.Type.GAUGE, BaseUnits.EVENTS,
			"Entries of the journal behind the cursor of the subscription that is furthest behind"),

	SERVER_SUBSCRIPTIONS_BEHIND("irpc.server.subscriptions.behind", Meter.Type.GAUGE, null,
			"Ages of the oldest unacknowledged event of each subscription together"),

	SERVER_SUBSCRIPTIONS_BEHIND_MAX("irpc.server.subscriptions.behind.max", Meter.Type.GAUGE, null,
			"Age of the oldest unacknowledged event of any subscription"),

	SERVER_SUBSCRIPTIONS_DELIVERIES("irpc.server.subscriptions.deliveries", Meter.Type.COUNTER, null,
			"Events sent to subscribers"),

	SERVER_SUBSCRIPTIONS_ACKNOWLEDGEMENTS("irpc.server.subscriptions.acknowledgements", Meter.Type.COUNTER, null,
			"Events acknowledged by subscribers"),

	SERVER_SUBSCRIPTIONS_FALLBACKS("irpc.server.subscriptions.fallbacks", Meter.Type.COUNTER, null,
			"Returns of subscriptions from live delivery to reading the journal"),

	SERVER_SUBSCRIPTIONS_TRUNCATIONS("irpc.server.subscriptions.truncations", Meter.Type.COUNTER, null,
			"Gaps told to subscribers, as events were gone"),

	JOURNAL_HEAD("irpc.journal.head", Meter.Type.GAUGE, null, "Position of the newest event of the journal"),

	JOURNAL_ENTRIES("irpc.journal.entries", Meter.Type.GAUGE, null, "Events that the journal holds"),

	JOURNAL_SIZE("irpc.journal.size", Meter.Type.GAUGE, BaseUnits.BYTES, "Bytes of the events that the journal holds"),

	JOURNAL_AGE("irpc.journal.age", Meter.Type.GAUGE, null, "Age of the oldest event that the journal holds"),

	CLIENT_STATE("irpc.client.state", Meter.Type.GAUGE, null, "Whether the connection of a client is in a state",
			Key.CLIENT, Key.STATE),

	CLIENT_CONNECTIONS("irpc.client.connections", Meter.Type.COUNTER, BaseUnits.CONNECTIONS,
			"Connections that a client has made", Key.CLIENT),

	CLIENT_RECONNECTS("irpc.client.reconnects", Meter.Type.COUNTER, null,
			"Connections that a client has made after its first one", Key.CLIENT),

	CLIENT_CONNECT_FAILURES("irpc.client.connect.failures", Meter.Type.COUNTER, null,
			"Attempts of a client to connect that have failed", Key.CLIENT),

	CLIENT_MESSAGES("irpc.client.messages", Meter.Type.COUNTER, BaseUnits.MESSAGES,
			"Messages over all connections of a client", Key.CLIENT, Key.DIRECTION),

	CLIENT_TRAFFIC("irpc.client.traffic", Meter.Type.COUNTER, BaseUnits.BYTES,
			"Bytes over all connections of a client, without TLS", Key.CLIENT, Key.DIRECTION);

	private final String meterName;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Key[] keys;

	IrpcMeter(String meterName, Meter.Type type, @Nullable String baseUnit, String description, Key... keys) {
		this.meterName = meterName;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.keys = keys;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keys.clone();
	}

	<T> void gauge(MeterRegistry registry, T source, ToDoubleFunction<T> value, String... tagValues) {
		Gauge.builder(this.meterName, source, value)
			.description(this.description)
			.baseUnit(this.baseUnit)
			.tags(tags(tagValues))
			.strongReference(true)
			.register(registry);
	}

	<T> void secondsGauge(MeterRegistry registry, T source, ToDoubleFunction<T> seconds) {
		TimeGauge.builder(this.meterName, source, TimeUnit.SECONDS, seconds)
			.description(this.description)
			.strongReference(true)
			.register(registry);
	}

	/**
	 * Register a counter.
	 * @param registry the registry
	 * @param source what counts, to which the registry holds no reference
	 * @param count reads the count
	 * @param tagValues the values of the keys, in their order
	 * @param <T> the type of what counts
	 */
	<T> void counter(MeterRegistry registry, T source, ToDoubleFunction<T> count, String... tagValues) {
		FunctionCounter.builder(this.meterName, source, count)
			.description(this.description)
			.baseUnit(this.baseUnit)
			.tags(tags(tagValues))
			.register(registry);
	}

	private Tags tags(String... values) {
		Tags tags = Tags.empty();
		for (int i = 0; i < this.keys.length; i++) {
			tags = tags.and(this.keys[i].asString(), values[i]);
		}
		return tags;
	}

	/**
	 * The keys of the meters, all of whose values are bounded.
	 */
	enum Key implements KeyName {

		/**
		 * The state of what is counted.
		 */
		STATE("state"),

		/**
		 * Whose sessions: {@code anonymous} or {@code authenticated}.
		 */
		USER("user"),

		/**
		 * Which way: {@code in} or {@code out}.
		 */
		DIRECTION("direction"),

		/**
		 * The limit that was exceeded.
		 */
		LIMIT("limit"),

		/**
		 * How it ended.
		 */
		OUTCOME("outcome"),

		/**
		 * What the application knows the client by.
		 */
		CLIENT("client");

		private final String key;

		Key(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
