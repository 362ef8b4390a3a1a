package io.irpc.journal;

import java.time.Duration;

/**
 * What a journal keeps; the oldest entries beyond any of the bounds go.
 *
 * @param maxEvents how many entries
 * @param maxBytes how many bytes of arguments
 * @param maxAge how old an entry may be
 * @since 0.1.0
 */
public record Retention(int maxEvents, long maxBytes, Duration maxAge) {

	/**
	 * Create a retention.
	 */
	public Retention {
		if (maxEvents <= 0 || maxBytes <= 0 || maxAge.isNegative() || maxAge.isZero()) {
			throw new IllegalArgumentException(
					"Retention: " + maxEvents + " events, " + maxBytes + " bytes, " + maxAge + " (expected: all > 0)");
		}
	}

}
