package io.irpc.journal.jdbc;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import io.irpc.journal.Position;
import io.irpc.journal.Retention;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Removes entries that are not to be retained, in small transactions, each of which also
 * says so in {@link JournalState}: whoever finds a gap finds it told.
 */
final class ExpiredEntries {

	private static final int BATCH_SIZE = 1000;

	private static final String LAST_BEFORE = "SELECT position FROM irpc_event WHERE time < ?"
			+ " ORDER BY time DESC, position DESC FETCH FIRST 1 ROWS ONLY";

	private static final String TIME_OF = "SELECT time FROM irpc_event WHERE position <= ?"
			+ " ORDER BY position DESC FETCH FIRST 1 ROWS ONLY";

	private static final String DELETE = "DELETE FROM irpc_event WHERE position <= ?";

	private final JournalDatabase database;

	private final Retention retention;

	private final Clock clock;

	ExpiredEntries(JournalDatabase database, Retention retention, Clock clock) {
		this.database = database;
		this.retention = retention;
		this.clock = clock;
	}

	/**
	 * Remove the oldest of the expired entries.
	 * @return whether there are more of them
	 */
	boolean removeBatch() {
		long expired = lastExpired(JournalState.read(this.database.jdbc()));
		return Objects
			.requireNonNull(this.database.transactions().execute((status) -> removeLocked(new Position(expired))));
	}

	private long lastExpired(JournalState state) {
		// positions have no gaps
		long byCount = state.head().value() - this.retention.maxEvents();
		Instant oldest = this.clock.instant().minus(this.retention.maxAge()).truncatedTo(ChronoUnit.MICROS);
		if (!oldest.isAfter(state.removedTime())) {
			return Math.max(byCount, state.removed().value());
		}
		List<Long> byAge = this.database.numbers(LAST_BEFORE, JournalDatabase.timestamp(oldest));
		return Math.max(Math.max(byCount, state.removed().value()), byAge.isEmpty() ? 0 : byAge.get(0));
	}

	private boolean removeLocked(Position expired) {
		JdbcTemplate jdbc = this.database.jdbc();
		JournalState state = JournalState.lock(jdbc);
		if (!expired.isAfter(state.removed())) {
			return false;
		}
		Position end = new Position(Math.min(expired.value(), state.removed().value() + BATCH_SIZE));
		Instant time = jdbc.query(TIME_OF, (row, number) -> JournalDatabase.instant(row, "time"), end.value())
			.stream()
			.findFirst()
			.orElse(state.removedTime());
		JournalState.setRemoved(jdbc, end, time);
		jdbc.update(DELETE, end.value());
		return expired.isAfter(end);
	}

}
