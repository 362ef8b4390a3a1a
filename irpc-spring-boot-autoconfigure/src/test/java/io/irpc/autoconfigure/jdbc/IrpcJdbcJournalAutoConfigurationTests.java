package io.irpc.autoconfigure.jdbc;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.irpc.annotation.IrpcEvent;
import io.irpc.journal.CursorStore;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryCursorStore;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.journal.Retention;
import io.irpc.journal.jdbc.JdbcCursorStore;
import io.irpc.journal.jdbc.JdbcEventJournal;
import io.irpc.server.IrpcServer;
import io.irpc.server.MemoryBound;
import io.irpc.support.Analyses;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link IrpcJdbcJournalAutoConfiguration}.
 */
class IrpcJdbcJournalAutoConfigurationTests {

	private final ApplicationContextRunner runner = ServerRunner.of()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, IrpcJdbcJournalAutoConfiguration.class))
		.withPropertyValues("irpc.journal.type=jdbc",
				"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	@TempDir
	private Path directory;

	@Test
	void whenTypeIsNotSetThenTheJournalIsInMemory() {
		this.runner.withPropertyValues("irpc.journal.type=memory").run((context) -> {
			assertThat(context).getBean(EventJournal.class).isInstanceOf(InMemoryEventJournal.class);
			assertThat(context).getBean(CursorStore.class).isInstanceOf(InMemoryCursorStore.class);
			assertThat(context).doesNotHaveBean(PropertiesBasedDataSourceScriptDatabaseInitializer.class);
		});
	}

	@Test
	void whenTypeIsJdbcThenJournalAndCursorsAreInTheDatabase() {
		this.runner.run((context) -> {
			assertThat(context).getBean(EventJournal.class).isInstanceOf(JdbcEventJournal.class);
			assertThat(context).getBean(CursorStore.class).isInstanceOf(JdbcCursorStore.class);
			assertThat(context.getBean(JdbcEventJournal.class).isRunning()).isTrue();
			assertThat(context.getBean(JdbcEventJournal.class).getPhase()).isLessThan(IrpcServer.PHASE);
			assertThat(context.getBean(MemoryBound.class)).asString().doesNotContain("journal");
			context.publishEvent(new Raised(1));
			Awaitility.await().untilAsserted(() -> assertThat(numbers(context)).containsExactly("{\"number\":1}"));
		});
	}

	@Test
	void whenDatabaseIsAFileThenItsEventsAreThereAfterARestart() {
		ApplicationContextRunner onFile = this.runner.withPropertyValues(
				"spring.datasource.url=jdbc:h2:file:" + this.directory.resolve("journal"),
				"irpc.journal.jdbc.initialize-schema=always");
		onFile.run((context) -> {
			context.publishEvent(new Raised(1));
			Awaitility.await().untilAsserted(() -> assertThat(numbers(context)).hasSize(1));
			Position head = context.getBean(EventJournal.class).head();
			context.getBean(CursorStore.class).set(new CursorStore.Subscriber("ann", "home"), head);
		});
		onFile.run((context) -> {
			assertThat(numbers(context)).containsExactly("{\"number\":1}");
			assertThat(context.getBean(CursorStore.class).find(new CursorStore.Subscriber("ann", "home")))
				.isEqualTo(context.getBean(EventJournal.class).head());
		});
	}

	@Test
	void whenTransactionIsOfTheDataSourceThenTheEventIsPartOfIt() {
		this.runner.run((context) -> {
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
			jdbc.execute("CREATE TABLE raised (number INTEGER)");
			for (int i = 0; i < 4; i++) {
				int number = i;
				transaction.executeWithoutResult((status) -> {
					jdbc.update("INSERT INTO raised VALUES (?)", number);
					context.publishEvent(new Raised(number));
					if (number % 2 == 0) {
						status.setRollbackOnly();
					}
				});
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(numbers(context)).containsExactly("{\"number\":1}", "{\"number\":3}"));
			assertThat(jdbc.queryForList("SELECT number FROM raised", Integer.class)).containsExactly(1, 3);
		});
	}

	@Test
	void whenTransactionIsOfAnotherDataSourceThenTheEventWaitsForItsCommit() {
		this.runner.run((context) -> {
			TransactionTemplate transaction = new TransactionTemplate(
					new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:")));
			transaction.executeWithoutResult((status) -> {
				// a connection of the journal's data source is bound as well
				new JdbcTemplate(context.getBean(DataSource.class)).execute("SELECT 1");
				context.publishEvent(new Raised(1));
				status.setRollbackOnly();
			});
			transaction.executeWithoutResult((status) -> {
				context.publishEvent(new Raised(2));
				assertThat(count(context, "irpc_outbox") + count(context, "irpc_event")).isZero();
			});
			Awaitility.await().untilAsserted(() -> assertThat(numbers(context)).containsExactly("{\"number\":2}"));
		});
	}

	@Test
	void whenThereAreBeansOfTheUserThenTheyAreUsed() {
		EventJournal journal = new InMemoryEventJournal(new Retention(1, 1, Duration.ofDays(1)), Clock.systemUTC());
		CursorStore cursors = new InMemoryCursorStore();
		this.runner.withBean(EventJournal.class, () -> journal)
			.withBean(CursorStore.class, () -> cursors)
			.run((context) -> {
				assertThat(context).getBean(EventJournal.class).isSameAs(journal);
				assertThat(context).getBean(CursorStore.class).isSameAs(cursors);
			});
	}

	@Test
	void whenThereIsNoServerThenThereIsNoJournal() {
		this.runner.withPropertyValues("irpc.server.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EventJournal.class));
	}

	@Test
	void whenThereIsNoDataSourceThenTheStartFails() {
		ServerRunner.of()
			.withConfiguration(AutoConfigurations.of(IrpcJdbcJournalAutoConfiguration.class))
			.withPropertyValues("irpc.journal.type=jdbc")
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("irpc.journal.type=jdbc", "no DataSource");
				assertThat(analysis.getAction()).contains("spring.datasource.url");
			});
	}

	@Test
	void whenThereIsNoJdbcSupportThenTheStartFails() {
		ServerRunner.of()
			.withConfiguration(AutoConfigurations.of(IrpcJdbcJournalAutoConfiguration.class))
			.withPropertyValues("irpc.journal.type=jdbc")
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.boot.jdbc"))
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("irpc.journal.type=jdbc", "class path");
				assertThat(analysis.getAction()).contains("spring-boot-starter-jdbc");
			});
	}

	@Test
	void whenThereIsNoJdbcSupportThenTheJournalInMemoryNeedsNone() {
		ServerRunner.of()
			.withConfiguration(AutoConfigurations.of(IrpcJdbcJournalAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.boot.jdbc",
					"org.postgresql"))
			.run((context) -> assertThat(context).getBean(EventJournal.class).isInstanceOf(InMemoryEventJournal.class));
	}

	@Test
	void whenDatabaseIsNotEmbeddedAndHasNoTablesThenTheStartFails() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + this.directory.resolve("journal"))
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("irpc.journal.type=jdbc", "tables", "irpc_journal");
				assertThat(analysis.getAction()).contains("irpc.journal.jdbc.initialize-schema=always");
			});
	}

	@Test
	void whenThereIsNoScriptOfTheDatabaseThenTheStartFailsInTheSameWay() {
		this.runner.withPropertyValues("irpc.journal.jdbc.platform=unknown")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getAction())
				.contains("io/irpc/journal/jdbc/schema-*.sql"));
	}

	@Test
	void whenPollIntervalIsNotPositiveThenTheStartFails() {
		this.runner.withPropertyValues("irpc.journal.jdbc.poll-interval=0s")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("irpc.journal.jdbc.poll-interval="));
	}

	private static List<String> numbers(ApplicationContext context) {
		EventJournal journal = context.getBean(EventJournal.class);
		return journal.read(journal.oldest(), null, 10)
			.entries()
			.stream()
			.map(JournalEntry::arguments)
			.map((arguments) -> arguments.json())
			.toList();
	}

	private static int count(ApplicationContext context, String table) {
		return new JdbcTemplate(new DriverManagerDataSource(
				context.getEnvironment().getRequiredProperty("spring.datasource.url"), "sa", ""))
			.queryForList("SELECT 1 FROM " + table)
			.size();
	}

	@IrpcEvent("raised")
	record Raised(int number) {

	}

}
