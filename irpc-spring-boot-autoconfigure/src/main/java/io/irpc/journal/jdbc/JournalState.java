package io.irpc.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

import io.irpc.journal.Position;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Which entries a journal has: those behind {@code removed} up to {@code head}, without a
 * gap. The row that holds it is also the lock that whoever changes entries must have.
 *
 * @param head the position of the newest entry
 * @param headTime its time
 * @param removed the position of the newest entry that is gone
 * @param removedTime its time
 */
record JournalState(Position head, Instant headTime, Position removed, Instant removedTime) {

	private static final String SELECT = "SELECT head, head_time, removed, removed_time FROM irpc_journal WHERE id = 1";

	static JournalState read(JdbcOperations jdbc) {
		return Objects.requireNonNull(jdbc.queryForObject(SELECT, (row, number) -> map(row)));
	}

	static JournalState lock(JdbcOperations jdbc) {
		return Objects.requireNonNull(jdbc.queryForObject(SELECT + " FOR UPDATE", (row, number) -> map(row)));
	}

	static void setHead(JdbcOperations jdbc, Position head, Instant time) {
		jdbc.update("UPDATE irpc_journal SET head = ?, head_time = ? WHERE id = 1", head.value(),
				JournalDatabase.timestamp(time));
	}

	static void setRemoved(JdbcOperations jdbc, Position removed, Instant time) {
		jdbc.update("UPDATE irpc_journal SET removed = ?, removed_time = ? WHERE id = 1", removed.value(),
				JournalDatabase.timestamp(time));
	}

	/**
	 * Return whether entries of a time may be gone. The script sets 1970 as the time of
	 * what is gone: until something is removed, that is nothing.
	 */
	boolean isGone(Instant time) {
		return !time.isAfter(this.removedTime) && !this.removedTime.equals(Instant.EPOCH);
	}

	private static JournalState map(ResultSet row) throws SQLException {
		return new JournalState(new Position(row.getLong("head")), JournalDatabase.instant(row, "head_time"),
				new Position(row.getLong("removed")), JournalDatabase.instant(row, "removed_time"));
	}

}
