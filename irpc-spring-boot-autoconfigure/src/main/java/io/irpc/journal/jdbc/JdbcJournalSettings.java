package io.irpc.journal.jdbc;

import java.time.Clock;
import java.time.Duration;

import io.irpc.journal.Retention;

/**
 * What a journal in a database needs to know.
 *
 * @param retention what it keeps; the size in bytes does not count
 * @param pollInterval how often to ask the database for what other instances have
 * appended, where it does not tell by itself
 * @param phase the lifecycle phase
 * @param clock tells the time of the entries
 * @since 0.1.0
 */
public record JdbcJournalSettings(Retention retention, Duration pollInterval, int phase, Clock clock) {

	/**
	 * Create settings.
	 */
	public JdbcJournalSettings {
		if (pollInterval.isNegative() || pollInterval.isZero()) {
			throw new IllegalArgumentException("Poll interval: " + pollInterval + " (expected: > 0)");
		}
	}

}
