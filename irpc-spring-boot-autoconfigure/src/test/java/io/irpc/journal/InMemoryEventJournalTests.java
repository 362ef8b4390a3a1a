package io.irpc.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.irpc.payload.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the journal in memory keeps, and in which order it is read.
 */
class InMemoryEventJournalTests {

	private static final Payload TEN_BYTES = Payload.ofJson("{\"a\":1234}");

	private final TestClock clock = new TestClock();

	@Test
	void whenEntriesAreAppendedThenTheyAreReadInOrderBehindAPosition() {
		InMemoryEventJournal journal = journal(new Retention(10, 1000, Duration.ofHours(1)));
		assertThat(journal.head()).isEqualTo(Position.START);
		assertThat(journal.read(Position.START, 5)).isEmpty();
		Position first = journal.append("a", TEN_BYTES);
		this.clock.now = this.clock.now.plusSeconds(1);
		Position second = journal.append("b", TEN_BYTES);
		Position third = journal.append("c", TEN_BYTES);
		assertThat(journal.head()).isEqualTo(third);
		assertThat(second.isAfter(first)).isTrue();
		assertThat(journal.read(Position.START, 2)).extracting(JournalEntry::event).containsExactly("a", "b");
		assertThat(journal.read(first, 5)).extracting(JournalEntry::event).containsExactly("b", "c");
		assertThat(journal.read(third, 5)).isEmpty();
		assertThat(journal.read(first, 1)).singleElement()
			.isEqualTo(new JournalEntry(second, "b", this.clock.now, TEN_BYTES));
	}

	@Test
	void whenThereAreTooManyEntriesThenTheOldestGo() {
		InMemoryEventJournal journal = journal(new Retention(3, 1000, Duration.ofHours(1)));
		for (int i = 0; i < 5; i++) {
			journal.append("e" + i, TEN_BYTES);
		}
		assertThat(journal.read(new Position(2), 10)).extracting(JournalEntry::event).containsExactly("e2", "e3", "e4");
	}

	@Test
	void whenThereAreTooManyBytesThenTheOldestGo() {
		InMemoryEventJournal journal = journal(new Retention(100, 25, Duration.ofHours(1)));
		for (int i = 0; i < 5; i++) {
			journal.append("e" + i, TEN_BYTES);
		}
		assertThat(journal.read(new Position(3), 10)).extracting(JournalEntry::event).containsExactly("e3", "e4");
		expired(journal, new Position(2));
	}

	@Test
	void whenEntriesAreTooOldThenTheyGoWithTheNextAppend() {
		InMemoryEventJournal journal = journal(new Retention(100, 1000, Duration.ofMinutes(10)));
		journal.append("old", TEN_BYTES);
		this.clock.now = this.clock.now.plus(Duration.ofMinutes(10));
		journal.append("edge", TEN_BYTES);
		assertThat(journal.read(Position.START, 10)).extracting(JournalEntry::event).containsExactly("old", "edge");
		this.clock.now = this.clock.now.plusMillis(1);
		journal.append("new", TEN_BYTES);
		assertThat(journal.read(new Position(1), 10)).extracting(JournalEntry::event).containsExactly("edge", "new");
		expired(journal, Position.START);
	}

	@Test
	void whenPositionIsNotRetainedThenTheOldestOneIsTold() {
		InMemoryEventJournal journal = journal(new Retention(2, 1000, Duration.ofHours(1)));
		for (int i = 0; i < 4; i++) {
			journal.append("e" + i, TEN_BYTES);
		}
		assertThatExceptionOfType(PositionExpiredException.class).isThrownBy(() -> journal.read(Position.START, 10))
			.satisfies((ex) -> assertThat(ex.oldest()).isEqualTo(new Position(2)));
		assertThat(journal.read(new Position(2), 10)).hasSize(2);
	}

	@Test
	void whenOneEntryIsLongerThanAllMayBeThenItIsGoneAndTold() {
		InMemoryEventJournal journal = journal(new Retention(10, 5, Duration.ofHours(1)));
		journal.append("long", TEN_BYTES);
		assertThat(journal.head()).isEqualTo(new Position(1));
		expired(journal, Position.START);
		assertThat(journal.read(journal.head(), 1)).isEmpty();
	}

	@Test
	void whenAnEntryIsAppendedThenTasksRunAndCanReadIt() {
		InMemoryEventJournal journal = journal(new Retention(10, 1000, Duration.ofHours(1)));
		List<Integer> sizes = new ArrayList<>();
		journal.onAppend(() -> sizes.add(journal.read(Position.START, 10).size()));
		journal.append("a", TEN_BYTES);
		journal.append("b", TEN_BYTES);
		assertThat(sizes).containsExactly(1, 2);
	}

	@Test
	void whenManyThreadsAppendThenAReaderMissesNothing() {
		InMemoryEventJournal journal = journal(new Retention(100_000, 10_000_000, Duration.ofHours(1)));
		List<CompletableFuture<Void>> writers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			writers.add(CompletableFuture.runAsync(() -> {
				for (int n = 0; n < 5000; n++) {
					journal.append("e", TEN_BYTES);
				}
			}));
		}
		List<Long> seen = new ArrayList<>();
		Position position = Position.START;
		CompletableFuture<Void> all = CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new));
		boolean done = false;
		while (!done) {
			done = all.isDone();
			List<JournalEntry> entries = journal.read(position, 100);
			while (!entries.isEmpty()) {
				entries.forEach((entry) -> seen.add(entry.position().value()));
				position = entries.get(entries.size() - 1).position();
				entries = journal.read(position, 100);
			}
		}
		all.join();
		assertThat(seen).hasSize(20_000).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void whenRetentionIsNotPositiveThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Retention(0, 1, Duration.ofHours(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, 0, Duration.ofHours(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, 1, Duration.ZERO));
	}

	private static void expired(EventJournal journal, Position position) {
		assertThatExceptionOfType(PositionExpiredException.class).isThrownBy(() -> journal.read(position, 10));
	}

	private InMemoryEventJournal journal(Retention retention) {
		return new InMemoryEventJournal(retention, this.clock);
	}

	private static final class TestClock extends Clock {

		private Instant now = Instant.parse("2026-11-21T18:00:00Z");

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
