package io.irpc.observation;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Records commands, calls and the handling of events as the same meters as
 * {@link DefaultMeterObservationHandler}, but remembers the meters: to find them by their
 * tags costs more than a call. So filters that a registry is given later do not apply to
 * meters that there are. What is under way is counted once it has taken a tenth of a
 * second. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MeterRecorder implements MeterObservationHandler<Observation.Context>, AutoCloseable {

	private final MeterRegistry registry;

	private final Clock clock;

	private final @Nullable LongTasks longTasks;

	private final DefaultMeterObservationHandler others;

	private final Remembered<TimerKey, Timer> timers = new Remembered<>(this::timer);

	private final Remembered<TimerKey, LongTaskTimer> activeTimers = new Remembered<>(this::activeTimer);

	/**
	 * Create a recorder, which is to be closed if it counts what is under way.
	 * @param registry where the meters are
	 * @param countsActive whether there are meters of what is under way
	 */
	public MeterRecorder(MeterRegistry registry, boolean countsActive) {
		this.registry = registry;
		this.clock = registry.config().clock();
		this.longTasks = countsActive ? new LongTasks(this.clock) : null;
		if (this.longTasks != null) {
			this.longTasks.start();
		}
		this.others = new DefaultMeterObservationHandler(registry);
		registry.config().onMeterRemoved((meter) -> {
			this.timers.clear();
			this.activeTimers.clear();
		});
	}

	/**
	 * Count nothing more as under way.
	 */
	@Override
	public void close() {
		if (this.longTasks != null) {
			this.longTasks.close();
		}
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof MeasuredContext;
	}

	@Override
	public void onStart(Observation.Context context) {
		long start = this.clock.monotonicTime();
		LongTaskTimer timer = (this.longTasks != null) ? this.activeTimers.get(key(context, null)) : null;
		Measurement measurement = new Measurement(start, timer);
		if (this.longTasks != null) {
			this.longTasks.add(measurement);
		}
		((MeasuredContext) context).begin(measurement);
	}

	@Override
	public void onStop(Observation.Context context) {
		Measurement measurement = ((MeasuredContext) context).measurement();
		if (measurement == null) {
			return;
		}
		measurement.end();
		Throwable error = context.getError();
		String errorName = (error != null) ? error.getClass().getSimpleName() : KeyValue.NONE_VALUE;
		this.timers.get(key(context, errorName))
			.record(this.clock.monotonicTime() - measurement.start(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		this.others.onEvent(event, context);
	}

	private Timer timer(TimerKey key) {
		return this.registry.timer(key.name(), key.tags());
	}

	private LongTaskTimer activeTimer(TimerKey key) {
		return this.registry.more().longTaskTimer(key.name() + ".active", key.tags());
	}

	private static TimerKey key(Observation.Context context, @Nullable String error) {
		return new TimerKey(String.valueOf(context.getName()), context.getLowCardinalityKeyValues(), error);
	}

	/**
	 * What identifies a meter.
	 *
	 * @param name the name of the observation
	 * @param keyValues its key values
	 * @param error what it failed with, {@code null} before it has ended
	 */
	private record TimerKey(String name, KeyValues keyValues, @Nullable String error) {

		// what a record has by itself is slow on Java 17, and each request asks for it
		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof TimerKey that && this.name.equals(that.name)
					&& this.keyValues.equals(that.keyValues) && Objects.equals(this.error, that.error);
		}

		@Override
		public int hashCode() {
			return 31 * (31 * this.name.hashCode() + this.keyValues.hashCode()) + Objects.hashCode(this.error);
		}

		Tags tags() {
			Tags tags = Tags.empty();
			for (KeyValue keyValue : keyValues()) {
				tags = tags.and(keyValue.getKey(), keyValue.getValue());
			}
			return (this.error != null) ? tags.and("error", this.error) : tags;
		}

	}

}
