package io.irpc.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: a random time up to a bound that
 * doubles with each failure, so that many clients do not come back all at once.
 *
 * @param initialDelay the bound after the first failure
 * @param maxDelay the greatest bound
 * @since 0.1.0
 */
public record ReconnectPolicy(Duration initialDelay, Duration maxDelay) {

	private static final int MAX_DOUBLINGS = 30;

	/**
	 * Create a policy.
	 */
	public ReconnectPolicy {
		if (initialDelay.isNegative() || initialDelay.isZero() || maxDelay.compareTo(initialDelay) < 0) {
			throw new IllegalArgumentException("Reconnect delays: initial " + initialDelay + ", max " + maxDelay
					+ " (expected: 0 < initial <= max)");
		}
	}

	Duration delay(int failures, RandomGenerator random) {
		long doubled = Math.max(1, this.initialDelay.toMillis()) << Math.min(failures - 1, MAX_DOUBLINGS);
		long bound = (doubled <= 0) ? this.maxDelay.toMillis() : Math.min(doubled, this.maxDelay.toMillis());
		return Duration.ofMillis(random.nextLong(bound + 1));
	}

}
