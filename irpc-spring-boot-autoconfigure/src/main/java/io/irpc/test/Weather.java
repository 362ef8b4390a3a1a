package io.irpc.test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What holds up all bytes of all connections over a link. Used by its event loop alone.
 */
final class Weather {

	private static final long NANOS_PER_SECOND = 1_000_000_000;

	/**
	 * A narrow link is felt as a flow and not as a lump each second.
	 */
	private static final int PARCELS_PER_SECOND = 50;

	private final Set<Side> frozen = EnumSet.noneOf(Side.class);

	private Duration delay = Duration.ZERO;

	private @Nullable DataSize bandwidth;

	void freeze(Side sender) {
		this.frozen.add(sender);
	}

	void thaw() {
		this.frozen.clear();
	}

	boolean isFrozen(Side sender) {
		return this.frozen.contains(sender);
	}

	void delay(Duration newDelay) {
		this.delay = newDelay;
	}

	void bandwidth(DataSize perSecond) {
		this.bandwidth = perSecond;
	}

	void heal() {
		thaw();
		this.delay = Duration.ZERO;
		this.bandwidth = null;
	}

	long delayNanos() {
		return this.delay.toNanos();
	}

	/**
	 * Return how long it takes to put bytes on the line.
	 * @param length how many
	 * @return the time in nanoseconds
	 */
	long transmissionNanos(int length) {
		return (this.bandwidth != null) ? NANOS_PER_SECOND * length / this.bandwidth.toBytes() : 0;
	}

	int largestParcel() {
		return (this.bandwidth != null)
				? (int) Math.max(1, Math.min(Integer.MAX_VALUE, this.bandwidth.toBytes() / PARCELS_PER_SECOND))
				: Integer.MAX_VALUE;
	}

}
