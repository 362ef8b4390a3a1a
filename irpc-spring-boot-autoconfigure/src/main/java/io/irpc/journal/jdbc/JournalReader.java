package io.irpc.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.JournalFigures;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.journal.PositionExpiredException;
import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * Reads entries by position and by time.
 */
final class JournalReader {

	// The database cuts the page: what is too long for it is not even sent. Sorted by all
	// columns of the index, or H2 would sort all entries of an event for each page.
	private static final String PAGE = """
			SELECT position, event, time, arguments, trace, available FROM (
				SELECT position, event, time, arguments, trace, OCTET_LENGTH(arguments) AS size,
					SUM(OCTET_LENGTH(arguments)) OVER (ORDER BY position %1$s) AS total, COUNT(*) OVER () AS available
				FROM (SELECT position, event, time, arguments, trace FROM irpc_event
					WHERE position > ? AND position <= ? %2$s
					ORDER BY %3$s position %1$s FETCH FIRST ? ROWS ONLY) AS page
			) AS measured WHERE total <= %4$d OR total = size ORDER BY position %1$s""";

	private static final String FIRST_SINCE = "SELECT position FROM irpc_event WHERE time >= ?"
			+ " ORDER BY time, position FETCH FIRST 1 ROWS ONLY";

	private static final String TIME_BEHIND = "SELECT time FROM irpc_event WHERE position > ?"
			+ " ORDER BY position FETCH FIRST 1 ROWS ONLY";

	private final JournalDatabase database;

	private final KnownHead head;

	JournalReader(JournalDatabase database, KnownHead head) {
		this.database = database;
		this.head = head;
	}

	JournalPage read(Position after, @Nullable String event, int limit) {
		Position end = this.head.position();
		if (after.isAfter(end)) {
			// another instance may have been faster
			end = state().head();
			this.head.advance(end);
		}
		boolean foreign = after.isAfter(end);
		Page page = foreign ? new Page(List.of(), true) : page("ASC", after, end, event, limit);
		// read behind the entries: a gap in them is told by now
		Position oldest = state().removed();
		if (foreign || oldest.isAfter(after)) {
			throw new PositionExpiredException(after, oldest);
		}
		return new JournalPage(page.entries(), page.complete() ? end : page.last(), page.complete());
	}

	JournalPage readBackwards(Position upTo, @Nullable String event, int limit) {
		Position known = this.head.position();
		Page page = page("DESC", Position.START, upTo.isAfter(known) ? known : upTo, event, limit);
		return new JournalPage(page.entries(), page.complete() ? Position.START : new Position(page.last().value() - 1),
				page.complete());
	}

	Position before(Instant time) {
		JournalState state = state();
		if (time.isAfter(state.headTime())) {
			return state.head();
		}
		// databases do not know all times that Java knows
		Instant since = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.truncatedTo(ChronoUnit.MICROS);
		List<Long> first = this.database.numbers(FIRST_SINCE, JournalDatabase.timestamp(since));
		// read behind the entry: if one before it is gone, that is told by now
		JournalState later = state();
		if (later.isGone(time)) {
			throw new PositionExpiredException(time, later.removed());
		}
		return first.isEmpty() ? state.head() : new Position(first.get(0) - 1);
	}

	Position oldest() {
		return state().removed();
	}

	JournalFigures figures() {
		JournalState state = state();
		Instant oldest = this.database.jdbc()
			.query(TIME_BEHIND, (row, number) -> JournalDatabase.instant(row, "time"), state.removed().value())
			.stream()
			.findFirst()
			.orElse(null);
		// positions have no gaps
		return new JournalFigures(state.head(), state.head().value() - state.removed().value(), null, oldest);
	}

	private JournalState state() {
		return JournalState.read(this.database.jdbc());
	}

	private Page page(String order, Position after, Position end, @Nullable String event, int limit) {
		String sql = PAGE.formatted(order, (event != null) ? "AND event = ?" : "",
				(event != null) ? "event " + order + "," : "", EventJournal.MAX_PAGE_BYTES);
		List<Object> parameters = new ArrayList<>(List.of(after.value(), end.value()));
		if (event != null) {
			parameters.add(event);
		}
		// one more tells whether there are more
		parameters.add(limit + 1L);
		ResultSetExtractor<Page> extractor = (rows) -> extract(rows, limit);
		return Objects.requireNonNull(this.database.jdbc().query(sql, extractor, parameters.toArray()));
	}

	private static Page extract(ResultSet rows, int limit) throws SQLException {
		List<JournalEntry> entries = new ArrayList<>();
		long available = 0;
		while (rows.next()) {
			available = rows.getLong("available");
			if (entries.size() < limit) {
				byte[] arguments = rows.getBytes("arguments");
				entries.add(new JournalEntry(new Position(rows.getLong("position")), rows.getString("event"),
						JournalDatabase.instant(rows, "time"), Payload.wrap(arguments, 0, arguments.length),
						rows.getString("trace")));
			}
		}
		return new Page(entries, available == entries.size());
	}

	/**
	 * Some entries.
	 *
	 * @param entries the entries, in the order of the read
	 * @param complete whether there was nothing more
	 */
	private record Page(List<JournalEntry> entries, boolean complete) {

		Position last() {
			return this.entries.get(this.entries.size() - 1).position();
		}

	}

}
