package io.irpc.observation;

import io.micrometer.core.instrument.LongTaskTimer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MeterRecorder} keeps of an observation that is under way. Safe for use by
 * many threads.
 */
final class Measurement {

	private final long start;

	private final @Nullable LongTaskTimer timer;

	private volatile boolean hasEnded;

	private LongTaskTimer.@Nullable Sample counted;

	/**
	 * Begin to measure.
	 * @param start when it begins, in nanoseconds of the registry's clock
	 * @param timer counts it once it takes long, {@code null} if nobody asks for that
	 */
	Measurement(long start, @Nullable LongTaskTimer timer) {
		this.start = start;
		this.timer = timer;
	}

	long start() {
		return this.start;
	}

	boolean hasEnded() {
		return this.hasEnded;
	}

	synchronized void end() {
		this.hasEnded = true;
		if (this.counted != null) {
			this.counted.stop();
		}
	}

	/**
	 * Count it as something that takes long.
	 */
	synchronized void count() {
		if (!this.hasEnded && this.timer != null) {
			this.counted = this.timer.start();
		}
	}

}
