package io.irpc.observation;

import java.time.Clock;
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

	private final Clock clock;

	/**
	 * Create an instance.
	 * @param registry has the timers
	 * @param clock the clock of the journal
	 */
	public DeliveryTimers(MeterRegistry registry, Clock clock) {
		this.registry = registry;
		this.clock = clock;
	}

	@Override
	public Deliveries of(String event) {
		return this.timers.computeIfAbsent(event,
				(name) -> new EventTimers(timer(name, "live"), timer(name, "replay"), this.clock));
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
	 * @param clock tells the time
	 */
	private record EventTimers(Timer live, Timer replay, Clock clock) implements Deliveries {

		@Override
		public void live(Instant appended) {
			this.live.record(age(appended), TimeUnit.NANOSECONDS);
		}

		@Override
		public void replayed(Instant appended) {
			this.replay.record(age(appended), TimeUnit.NANOSECONDS);
		}

		// not by Duration, of which there would be one for each delivery; another
		// machine's clock may be ahead
		private long age(Instant appended) {
			Instant now = this.clock.instant();
			return Math.max(0, (now.getEpochSecond() - appended.getEpochSecond()) * NANOS_PER_SECOND + now.getNano()
					- appended.getNano());
		}

	}

}
