package io.irpc.sample.api;

import java.time.Duration;

import io.irpc.annotation.IrpcEvent;

/**
 * The settings that can be changed while the daemon runs. A value that breaks a rule is
 * refused with an {@link IllegalArgumentException}.
 *
 * @param minimum least value that is in range
 * @param maximum greatest value that is in range, above {@code minimum}
 * @param pollInterval time between two looks into the inbox, from 100 ms to one hour
 * @param maximumBadLines number of bad lines from 0 to 1000 that a file may have and
 * still be processed
 */
@IrpcEvent(value = "settingsChanged", description = "The settings were changed")
public record Settings(double minimum, double maximum, Duration pollInterval, int maximumBadLines) {

	private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofMillis(100);

	private static final Duration LONGEST_POLL_INTERVAL = Duration.ofHours(1);

	private static final int MOST_BAD_LINES = 1000;

	/**
	 * Check the rules.
	 */
	public Settings {
		check(Double.isFinite(minimum), "minimum", minimum, "a finite number");
		check(Double.isFinite(maximum), "maximum", maximum, "a finite number");
		check(minimum < maximum, "minimum", minimum, "less than maximum, which is " + maximum);
		check(SHORTEST_POLL_INTERVAL.compareTo(pollInterval) <= 0 && pollInterval.compareTo(LONGEST_POLL_INTERVAL) <= 0,
				"pollInterval", pollInterval, SHORTEST_POLL_INTERVAL + " to " + LONGEST_POLL_INTERVAL);
		check(maximumBadLines >= 0 && maximumBadLines <= MOST_BAD_LINES, "maximumBadLines", maximumBadLines,
				"0 to " + MOST_BAD_LINES);
	}

	private static void check(boolean condition, String name, Object value, String expected) {
		if (!condition) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
