package io.irpc.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.irpc.journal.EventJournal;
import io.irpc.journal.EventJournalContract;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.journal.Retention;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a journal does on every database.
 */
abstract class JdbcEventJournalContract extends EventJournalContract {

	private static final Retention AMPLE = new Retention(100_000, 1, Duration.ofHours(1));

	private final List<AutoCloseable> resources = new ArrayList<>();

	private final TestDatabase database;

	JdbcEventJournalContract(TestDatabase database) {
		this.database = database;
	}

	@Override
	protected EventJournal create(Retention retention, Clock journalClock) {
		JdbcEventJournal journal = journal(open(this.database.urlWithTables()), retention, journalClock);
		journal.start();
		return journal;
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

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
	}

	@Test
	void whenTransactionCommitsThenItsEventsCanBeReadAfterwards() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal journal = start(dataSource);
		Position start = journal.head();
		assertThat(journal.joinsTransaction()).isFalse();
		transaction(dataSource).executeWithoutResult((status) -> {
			assertThat(journal.joinsTransaction()).isTrue();
			journal.append("a", TEN_BYTES, null);
			journal.append("b", TEN_BYTES, null);
			settle(journal);
			assertThat(journal.head()).isEqualTo(start);
		});
		Awaitility.await().untilAsserted(() -> assertThat(events(journal, start)).containsExactly("a", "b"));
	}

	@Test
	void whenTransactionIsRolledBackThenItsEventsNeverWere() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal journal = start(dataSource);
		Position start = journal.head();
		transaction(dataSource).executeWithoutResult((status) -> {
			journal.append("a", TEN_BYTES, null);
			status.setRollbackOnly();
		});
		settle(journal);
		assertThat(journal.head()).isEqualTo(start);
		assertThat(events(journal, start)).isEmpty();
	}

	@Test
	void whenTransactionIsOfAnotherDataSourceThenItIsNotJoined() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal journal = start(dataSource);
		transaction(open(TestDatabase.H2_MEMORY.url())).executeWithoutResult((status) -> {
			assertThat(journal.joinsTransaction()).isFalse();
			// from now on, a connection of the journal's data source is bound as well
			new JdbcTemplate(dataSource).execute("SELECT head FROM irpc_journal");
			assertThat(TransactionSynchronizationManager.hasResource(dataSource)).isTrue();
			assertThat(journal.joinsTransaction()).isFalse();
		});
	}

	@Test
	void whenEventIsRaisedByACallbackOfTheCommitThenItIsCommittedAsWell() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		// so that nothing else commits it
		dataSource.setAutoCommit(false);
		JdbcEventJournal journal = start(dataSource);
		Position start = journal.head();
		transaction(dataSource).executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						journal.append("afterCommit", TEN_BYTES, null);
					}

					@Override
					public void afterCompletion(int outcome) {
						journal.append("afterCompletion", TEN_BYTES, null);
					}

				}));
		Awaitility.await()
			.untilAsserted(() -> assertThat(events(journal, start)).containsExactlyInAnyOrder("afterCommit",
					"afterCompletion"));
	}

	@Test
	void whenTransactionIsSlowThenItHoldsUpNobodyAndItsEventsComeLater() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal journal = start(dataSource);
		Position start = journal.head();
		transaction(dataSource).executeWithoutResult((status) -> {
			journal.append("slow", TEN_BYTES, null);
			TransactionTemplate other = transaction(dataSource);
			other.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
			other.executeWithoutResult((otherStatus) -> journal.append("fast", TEN_BYTES, null));
			Awaitility.await().untilAsserted(() -> assertThat(events(journal, start)).containsExactly("fast"));
		});
		Awaitility.await().untilAsserted(() -> assertThat(events(journal, start)).containsExactly("fast", "slow"));
	}

	@Test
	void whenJournalDoesNotRunThenItsEventsWaitForItsStart() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal journal = journal(dataSource, AMPLE, this.clock);
		Position start = journal.head();
		journal.append("before", TEN_BYTES, null);
		assertThat(events(journal, start)).isEmpty();
		journal.start();
		assertThat(journal.isRunning()).isTrue();
		Awaitility.await().untilAsserted(() -> assertThat(events(journal, start)).containsExactly("before"));
		journal.stop();
		assertThat(journal.isRunning()).isFalse();
		journal.append("between", TEN_BYTES, null);
		assertThat(events(journal, start)).containsExactly("before");
		journal.start();
		Awaitility.await().untilAsserted(() -> assertThat(events(journal, start)).containsExactly("before", "between"));
	}

	@Test
	void whenInstanceDiesBeforeItsEventsHavePositionsThenAnotherOneGivesThem() {
		String url = this.database.urlWithTables();
		JdbcEventJournal dead = journal(open(url), AMPLE, this.clock);
		JdbcEventJournal alive = start(open(url));
		Position start = alive.head();
		dead.append("left", TEN_BYTES, null);
		Awaitility.await().untilAsserted(() -> assertThat(events(alive, start)).containsExactly("left"));
	}

	@Test
	void whenInstanceAppendsThenTheOthersLearnOfIt() {
		String url = this.database.urlWithTables();
		JdbcEventJournal one = start(open(url));
		JdbcEventJournal other = start(open(url));
		Position start = one.head();
		List<Position> told = new ArrayList<>();
		other.onAppend(() -> told.add(other.head()));
		one.append("a", TEN_BYTES, null);
		Awaitility.await().untilAsserted(() -> assertThat(told).contains(new Position(start.value() + 1)));
		assertThat(events(other, start)).containsExactly("a");
	}

	@Test
	void whenAnotherInstanceIsAheadThenItsPositionIsKnownAndReadersAreWoken() {
		String url = this.database.urlWithTables();
		JdbcEventJournal ahead = journal(open(url), AMPLE, this.clock);
		JdbcEventJournal behind = journal(open(url), AMPLE, this.clock);
		Position start = behind.head();
		List<Position> told = new ArrayList<>();
		behind.onAppend(() -> told.add(behind.head()));
		ahead.append("a", TEN_BYTES, null);
		settle(ahead);
		assertThat(behind.head()).isEqualTo(start);
		assertThat(events(behind, ahead.head())).isEmpty();
		assertThat(behind.head()).isEqualTo(ahead.head());
		assertThat(told).containsExactly(ahead.head());
	}

	@Test
	void whenSequencerDiesInItsTransactionThenNothingIsLostAndNoPositionIsSkipped() throws SQLException {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal journal = start(dataSource);
		Position start = journal.head();
		try (Connection dying = dataSource.getConnection(); Statement statement = dying.createStatement()) {
			dying.setAutoCommit(false);
			statement.execute("SELECT head FROM irpc_journal WHERE id = 1 FOR UPDATE");
			journal.append("a", TEN_BYTES, null);
			statement.execute("INSERT INTO irpc_event (position, event, time, arguments)"
					+ " SELECT head + 1, event, head_time, arguments FROM irpc_journal, irpc_outbox");
			statement.execute("UPDATE irpc_journal SET head = head + 1");
			statement.execute("DELETE FROM irpc_outbox");
			assertThat(journal.head()).isEqualTo(start);
			dying.rollback();
		}
		Awaitility.await().untilAsserted(() -> assertThat(events(journal, start)).containsExactly("a"));
		assertThat(journal.head().value()).isEqualTo(start.value() + 1);
	}

	@Test
	void whenManyEntriesHaveExpiredThenTheyGoInBatchesOfWhichEachIsTold() {
		HikariDataSource dataSource = open(this.database.urlWithTables());
		JdbcEventJournal generous = journal(dataSource, AMPLE, this.clock);
		Position start = generous.head();
		transaction(dataSource).executeWithoutResult((status) -> {
			for (int i = 0; i < 2500; i++) {
				generous.append("e", TEN_BYTES, null);
			}
		});
		settle(generous);
		JdbcEventJournal journal = journal(dataSource, new Retention(10, 1, Duration.ofHours(1)), this.clock);
		List<Long> removed = new ArrayList<>();
		do {
			removed.add(journal.oldest().value() - start.value());
		}
		while (journal.worker().work().isZero());
		assertThat(removed).containsExactly(0L, 1000L, 2000L);
		assertThat(journal.oldest().value() - start.value()).isEqualTo(2490);
		assertThat(new JdbcTemplate(dataSource).queryForObject("SELECT COUNT(*) FROM irpc_event", Integer.class))
			.isEqualTo(10);
	}

	@Test
	void whenNothingIsAppendedThenEntriesExpireAsWell() {
		JdbcEventJournal journal = (JdbcEventJournal) create(AMPLE, this.clock);
		journal.append("a", TEN_BYTES, null);
		settle(journal);
		this.clock.forward(Duration.ofHours(2));
		settle(journal);
		assertThat(journal.oldest()).isEqualTo(journal.head());
		assertThat(journal.before(this.clock.instant())).isEqualTo(journal.head());
	}

	@Test
	void whenNothingIsGoneThenAllIsBehindTheEarliestTime() {
		JdbcEventJournal journal = (JdbcEventJournal) create(AMPLE, this.clock);
		Position start = journal.head();
		assertThat(journal.before(Instant.MIN)).isEqualTo(start);
		journal.append("a", TEN_BYTES, null);
		settle(journal);
		assertThat(journal.before(Instant.MIN)).isEqualTo(start);
		assertThat(journal.before(Instant.EPOCH)).isEqualTo(start);
		assertThat(journal.before(Instant.MAX)).isEqualTo(journal.head());
	}

	final HikariDataSource open(String url) {
		HikariDataSource dataSource = TestDatabase.open(url);
		this.resources.add(dataSource);
		return dataSource;
	}

	final JdbcEventJournal start(HikariDataSource dataSource) {
		JdbcEventJournal journal = journal(dataSource, AMPLE, this.clock);
		journal.start();
		return journal;
	}

	final List<String> events(EventJournal journal, Position after) {
		return journal.read(after, null, 100).entries().stream().map(JournalEntry::event).toList();
	}

	private JdbcEventJournal journal(HikariDataSource dataSource, Retention retention, Clock journalClock) {
		JdbcEventJournal journal = new JdbcEventJournal(dataSource,
				new JdbcJournalSettings(retention, Duration.ofMillis(50), 0, journalClock));
		this.resources.add(0, journal::stop);
		return journal;
	}

	private static TransactionTemplate transaction(HikariDataSource dataSource) {
		return new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

}
