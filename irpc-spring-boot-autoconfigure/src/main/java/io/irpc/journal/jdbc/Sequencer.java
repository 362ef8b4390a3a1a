package io.irpc.journal.jdbc;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.irpc.journal.Position;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives positions to the committed events of the outbox.
 * <p>
 * Those who raise events insert into the outbox within their own transactions, which
 * commit in any order and take any time. A position that was drawn there would become
 * visible after greater ones, and a reader would have passed it. So positions are drawn
 * here, only for rows that are committed, by transactions that hold the row of
 * {@link JournalState} locked: whichever instances they are of, they follow each other,
 * and each one's entries are visible, with all before them, when it commits.
 * <p>
 * The ids of the outbox decide the order within a batch. A transaction that begins after
 * the commit of another one draws greater ids, and whoever sees its rows also sees those
 * of the other one, so that neither a batch nor their sequence turns the two around. Rows
 * are deleted by the ids that were read: a smaller one may be committed meanwhile.
 */
final class Sequencer {

	private static final int BATCH_SIZE = 200;

	private static final String SELECT = "SELECT id FROM irpc_outbox ORDER BY id FETCH FIRST " + BATCH_SIZE
			+ " ROWS ONLY";

	private static final String INSERT = "INSERT INTO irpc_event (position, event, time, arguments, trace)"
			+ " SELECT CAST(? AS BIGINT), event, CAST(? AS TIMESTAMP(6) WITH TIME ZONE), arguments, trace"
			+ " FROM irpc_outbox WHERE id = ?";

	private static final String DELETE = "DELETE FROM irpc_outbox WHERE id = ?";

	private final JournalDatabase database;

	private final JournalSignal signal;

	private final Clock clock;

	Sequencer(JournalDatabase database, JournalSignal signal, Clock clock) {
		this.database = database;
		this.signal = signal;
		this.clock = clock;
	}

	/**
	 * Move the next events from the outbox to the journal.
	 * @return what was moved
	 */
	Batch move() {
		return Objects.requireNonNull(this.database.transactions().execute((status) -> moveLocked()));
	}

	private Batch moveLocked() {
		JdbcTemplate jdbc = this.database.jdbc();
		JournalState state = JournalState.lock(jdbc);
		List<Long> ids = this.database.numbers(SELECT);
		if (ids.isEmpty()) {
			return new Batch(state.head(), 0);
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		// by time, entries are found as if they were sorted by it
		Instant time = now.isAfter(state.headTime()) ? now : state.headTime();
		long position = state.head().value();
		List<Object[]> entries = new ArrayList<>();
		List<Object[]> moved = new ArrayList<>();
		for (Long id : ids) {
			entries.add(new Object[] { ++position, JournalDatabase.timestamp(time), id });
			moved.add(new Object[] { id });
		}
		jdbc.batchUpdate(INSERT, entries);
		jdbc.batchUpdate(DELETE, moved);
		Position head = new Position(position);
		JournalState.setHead(jdbc, head, time);
		this.signal.send(jdbc);
		return new Batch(head, ids.size());
	}

	/**
	 * What was moved at once.
	 *
	 * @param head the position of the newest entry
	 * @param size how many entries were moved
	 */
	record Batch(Position head, int size) {

		boolean isFull() {
			return this.size == BATCH_SIZE;
		}

	}

}
