package io.irpc.observation;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.irpc.event.DeliveryObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures how long events take from their place in the journal to each subscriber, by a
 * timer for each event: observations would be thousands of spans for one event.
 *
 * @since 0.1.0
 */
public final class DeliveryTimers implements DeliveryObserver {

	/**
	 * The name of the timers.
	 */
	public static final String NAME = "irpc.server.events";

	private static final long NANOS_PER_SECOND = 1_000_000_000;

	private final Map<String, EventTimers> timers = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Create an instance.
	 * @param registry has the timers
	 */
	public DeliveryTimers(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public Deliveries of(String event) {
		return this.timers.computeIfAbsent(event,
				(name) -> new EventTimers(timer(name, "live"), timer(name, "replay")));
	}

	private Timer timer(String event, String delivery) {
		return Timer.builder(NAME)
			.description("Time from the place of an event in the journal to its delivery to a subscriber")
			.tag("event", event)
			.tag("delivery", delivery)
			.register(this.registry);
	}

	/**
	 * The timers of one event.
	 *
	 * @param live for what has just come
	 * @param replay for what was read from the journal
	 */
	private record EventTimers(Timer live, Timer replay) implements Deliveries {

		@Override
		public void live(Instant appended, Instant sent) {
			this.live.record(age(appended, sent), TimeUnit.NANOSECONDS);
		}

		@Override
		public void replayed(Instant appended, Instant sent) {
			this.replay.record(age(appended, sent), TimeUnit.NANOSECONDS);
		}

		// not by Duration, of which there would be one for each delivery; another
		// machine's clock may be ahead
		private static long age(Instant appended, Instant sent) {
			return Math.max(0, (sent.getEpochSecond() - appended.getEpochSecond()) * NANOS_PER_SECOND + sent.getNano()
					- appended.getNano());
		}

	}

}
