package io.irpc.journal.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.journal.Retention;
import io.irpc.payload.Payload;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tries to make readers miss events: transactions of two instances overlap, take
 * different times between their events and their commits, and are rolled back at random,
 * while one of the instances stops and starts.
 */
class JdbcOrderTests {

	private static final int WRITERS = 4;

	private static final int TRANSACTIONS = 60;

	private static final long MAX_DELAY = TimeUnit.MILLISECONDS.toNanos(8);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<AutoCloseable> resources = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		this.threads.shutdownNow();
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenTransactionsOverlapThenAllReadersSeeAllCommittedEventsOnceInOneOrder(TestDatabase database) {
		String url = database.urlWithTables();
		Instance first = open(url);
		Instance second = open(url);
		Position start = first.journal().head();
		AtomicBoolean written = new AtomicBoolean();
		List<CompletableFuture<List<JournalEntry>>> readers = Stream.of(first, second, first, second)
			.map((instance) -> CompletableFuture.supplyAsync(() -> read(instance.journal(), start, written),
					this.threads))
			.toList();
		List<CompletableFuture<List<Payload>>> writers = IntStream.range(0, 2 * WRITERS)
			.mapToObj((writer) -> CompletableFuture
				.supplyAsync(() -> write((writer < WRITERS) ? first : second, writer), this.threads))
			.toList();
		Awaitility.await().until(() -> writers.stream().anyMatch(CompletableFuture::isDone));
		first.journal().stop();
		List<List<Payload>> committed = writers.stream().map(CompletableFuture::join).toList();
		first.journal().start();
		int count = committed.stream().mapToInt(List::size).sum();
		for (Instance instance : List.of(first, second)) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(instance.journal().head().value() - start.value()).isEqualTo(count));
		}
		written.set(true);
		List<JournalEntry> seen = readers.get(0).join();
		assertThat(seen).hasSize(count);
		readers.forEach((reader) -> assertThat(reader.join()).isEqualTo(seen));
		assertThat(seen).extracting(JournalEntry::time).isSorted();
		for (int writer = 0; writer < committed.size(); writer++) {
			String event = "e" + writer;
			assertThat(seen.stream().filter((entry) -> entry.event().equals(event)).map(JournalEntry::arguments))
				.containsExactlyElementsOf(committed.get(writer));
		}
	}

	private static List<Payload> write(Instance instance, int writer) {
		Random random = new Random(writer);
		List<Payload> committed = new ArrayList<>();
		for (int n = 0; n < TRANSACTIONS; n++) {
			int transaction = n;
			List<Payload> events = Objects.requireNonNull(instance.transaction().execute((status) -> {
				List<Payload> appended = new ArrayList<>();
				for (int i = random.nextInt(3); i >= 0; i--) {
					Payload event = Payload.ofJson("{\"transaction\":" + transaction + ",\"left\":" + i + "}");
					instance.journal().append("e" + writer, event, null);
					appended.add(event);
					LockSupport.parkNanos(random.nextLong(MAX_DELAY));
				}
				if (random.nextInt(4) == 0) {
					status.setRollbackOnly();
					appended.clear();
				}
				return appended;
			}));
			committed.addAll(events);
		}
		return committed;
	}

	private static List<JournalEntry> read(EventJournal journal, Position start, AtomicBoolean written) {
		List<JournalEntry> seen = new ArrayList<>();
		Position position = start;
		boolean last = false;
		while (!last) {
			last = written.get();
			JournalPage page;
			do {
				page = journal.read(position, null, 7);
				seen.addAll(page.entries());
				position = page.end();
			}
			while (!page.complete());
		}
		return seen;
	}

	private Instance open(String url) {
		HikariDataSource dataSource = TestDatabase.open(url);
		JdbcEventJournal journal = new JdbcEventJournal(dataSource, new JdbcJournalSettings(
				new Retention(100_000, 1, Duration.ofDays(1)), Duration.ofMillis(20), 0, Clock.systemUTC()));
		journal.start();
		this.resources.add(0, dataSource);
		this.resources.add(0, journal::stop);
		return new Instance(journal, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
	}

	private record Instance(JdbcEventJournal journal, TransactionTemplate transaction) {

	}

}
