package io.irpc.journal.jdbc;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.irpc.journal.Position;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the journal on PostgreSQL.
 */
class PostgresEventJournalTests extends JdbcEventJournalContract {

	private static final String LISTENING = " FROM pg_stat_activity WHERE query = 'LISTEN irpc_journal'"
			+ " AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()";

	PostgresEventJournalTests() {
		super(TestDatabase.POSTGRESQL);
	}

	@Test
	void whenConnectionThatListensIsLostThenThereIsAnotherOneAndNothingIsMissed() {
		String url = TestDatabase.POSTGRESQL.urlWithTables();
		HikariDataSource dataSource = open(url);
		JdbcEventJournal journal = start(dataSource);
		JdbcEventJournal other = start(open(url));
		Position start = journal.head();
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		Awaitility.await().until(() -> listening(jdbc).size() == 2);
		List<Integer> lost = listening(jdbc);
		jdbc.execute("SELECT pg_terminate_backend(pid)" + LISTENING);
		journal.append("a", TEN_BYTES, null);
		Awaitility.await().untilAsserted(() -> assertThat(events(other, start)).containsExactly("a"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(listening(jdbc)).hasSize(2).doesNotContainAnyElementsOf(lost));
		journal.append("b", TEN_BYTES, null);
		Awaitility.await().untilAsserted(() -> assertThat(events(other, start)).containsExactly("a", "b"));
	}

	@Test
	void whenAllConnectionsAreLostThenTheJournalGoesOn() {
		String url = TestDatabase.POSTGRESQL.urlWithTables();
		HikariDataSource dataSource = open(url);
		JdbcEventJournal journal = start(dataSource);
		JdbcEventJournal other = start(open(url));
		Position start = journal.head();
		for (int i = 0; i < 3; i++) {
			new JdbcTemplate(dataSource).execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
					+ " WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()");
			journal.append("e" + i, TEN_BYTES, null);
		}
		Awaitility.await()
			.ignoreExceptionsInstanceOf(DataAccessException.class)
			.untilAsserted(() -> assertThat(events(other, start)).containsExactly("e0", "e1", "e2"));
	}

	@Test
	void whenJournalStopsThenItKeepsNoConnection() {
		HikariDataSource dataSource = open(TestDatabase.POSTGRESQL.urlWithTables());
		JdbcEventJournal journal = start(dataSource);
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		Awaitility.await().until(() -> listening(jdbc).size() == 1);
		journal.stop();
		assertThat(dataSource.getHikariPoolMXBean().getActiveConnections()).isZero();
		assertThat(listening(jdbc)).isEmpty();
	}

	private static List<Integer> listening(JdbcTemplate jdbc) {
		return jdbc.query("SELECT pid" + LISTENING, (row, number) -> row.getInt(1));
	}

}
