package io.irpc.journal.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.irpc.journal.EventJournal;
import io.irpc.journal.EventJournalContract;
import io.irpc.journal.Retention;
import org.junit.jupiter.api.AfterEach;

/**
 * What a journal does on every database.
 */
abstract class JdbcEventJournalContract extends EventJournalContract {

	private final List<AutoCloseable> resources = new ArrayList<>();

	private final TestDatabase database;

	JdbcEventJournalContract(TestDatabase database) {
		this.database = database;
	}

	@Override
	protected EventJournal create(Retention retention, Clock journalClock) {
		return start(open(this.database.urlWithTables()), retention, journalClock);
	}

	@Override
	protected void settle(EventJournal journal) {
		JournalWorker worker = ((JdbcEventJournal) journal).worker();
		Duration pause;
		do {
			pause = worker.work();
		}
		while (pause.isZero());
	}

	private HikariDataSource open(String url) {
		HikariDataSource dataSource = TestDatabase.open(url);
		this.resources.add(0, dataSource);
		return dataSource;
	}

	private JdbcEventJournal start(HikariDataSource dataSource, Retention retention, Clock journalClock) {
		JdbcEventJournal journal = new JdbcEventJournal(dataSource,
				new JdbcJournalSettings(retention, Duration.ofMillis(50), 0, journalClock));
		journal.start();
		this.resources.add(0, journal::stop);
		return journal;
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
	}

}
