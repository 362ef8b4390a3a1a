package io.irpc.journal.jdbc;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.irpc.journal.CursorStore;
import io.irpc.journal.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;

/**
 * Cursors in a relational database, beside the journal. It takes no part in the
 * transactions of the application.
 *
 * @since 0.1.0
 */
public final class JdbcCursorStore implements CursorStore {

	private static final String WHERE = " WHERE user_name = ? AND name = ?";

	private static final String UPDATE = "UPDATE irpc_cursor SET position = ?, updated_at = ?" + WHERE;

	private final JournalDatabase database;

	private final Clock clock;

	/**
	 * Create a store on the tables of {@code schema-*.sql} in this package.
	 * @param dataSource the data source of the journal
	 * @param clock tells when cursors were stored
	 */
	public JdbcCursorStore(DataSource dataSource, Clock clock) {
		this.database = new JournalDatabase(dataSource);
		this.clock = clock;
	}

	@Override
	public @Nullable Position find(Subscriber subscriber) {
		List<Long> found = this.database.numbers("SELECT position FROM irpc_cursor" + WHERE, subscriber.user(),
				subscriber.name());
		return found.isEmpty() ? null : new Position(found.get(0));
	}

	@Override
	public void set(Subscriber subscriber, Position position) {
		if (update(subscriber, position)) {
			return;
		}
		try {
			update("INSERT INTO irpc_cursor (position, updated_at, user_name, name) VALUES (?, ?, ?, ?)",
					position.value(), now(), subscriber.user(), subscriber.name());
		}
		catch (DuplicateKeyException ex) {
			// another instance was faster
			update(subscriber, position);
		}
	}

	@Override
	public void advance(Map<Subscriber, Position> cursors) {
		OffsetDateTime now = now();
		// always in the same order: two instances never wait for each other
		List<Object[]> updates = cursors.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey(Comparator.comparing(Subscriber::user).thenComparing(Subscriber::name)))
			.map((cursor) -> new Object[] { cursor.getValue().value(), now, cursor.getKey().user(),
					cursor.getKey().name(), cursor.getValue().value() })
			.toList();
		this.database.transactions()
			.executeWithoutResult((status) -> this.database.jdbc().batchUpdate(UPDATE + " AND position < ?", updates));
	}

	@Override
	public void remove(Subscriber subscriber) {
		update("DELETE FROM irpc_cursor" + WHERE, subscriber.user(), subscriber.name());
	}

	@Override
	public int count(String user) {
		return Objects.requireNonNull(this.database.jdbc()
			.queryForObject("SELECT COUNT(*) FROM irpc_cursor WHERE user_name = ?", Integer.class, user));
	}

	private boolean update(Subscriber subscriber, Position position) {
		return update(UPDATE, position.value(), now(), subscriber.user(), subscriber.name()) > 0;
	}

	private int update(String sql, Object... parameters) {
		return Objects.requireNonNull(
				this.database.transactions().execute((status) -> this.database.jdbc().update(sql, parameters)));
	}

	private OffsetDateTime now() {
		return JournalDatabase.timestamp(this.clock.instant().truncatedTo(ChronoUnit.MICROS));
	}

}
