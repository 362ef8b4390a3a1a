package io.irpc.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.irpc.payload.Payload;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every journal keeps, and in which order it is read.
 */
public abstract class EventJournalContract {

	protected static final Payload TEN_BYTES = Payload.ofJson("{\"a\":1234}");

	private static final Retention AMPLE = new Retention(100_000, 100_000_000, Duration.ofHours(1));

	protected final TestClock clock = new TestClock();

	/**
	 * Create an empty journal.
	 * @param retention what it keeps
	 * @param journalClock tells the time of the entries
	 * @return the journal
	 */
	protected abstract EventJournal create(Retention retention, Clock journalClock);

	/**
	 * Wait until all that was appended can be read and what is not to be retained is
	 * gone.
	 * @param journal the journal
	 */
	protected abstract void settle(EventJournal journal);

	@Test
	void whenEntriesAreAppendedThenTheyAreReadInOrderBehindAPosition() {
		EventJournal journal = create(AMPLE, this.clock);
		Position start = journal.head();
		assertThat(journal.oldest()).isEqualTo(start);
		assertThat(journal.read(start, null, 5)).isEqualTo(new JournalPage(List.of(), start, true));
		append(journal, "a");
		this.clock.forward(Duration.ofSeconds(1));
		append(journal, "b", "c");
		JournalPage all = journal.read(start, null, 5);
		assertThat(all.entries()).extracting(JournalEntry::event).containsExactly("a", "b", "c");
		assertThat(all.complete()).isTrue();
		assertThat(all.end()).isEqualTo(journal.head()).isEqualTo(all.entries().get(2).position());
		assertThat(all.entries()).extracting(JournalEntry::position).isSorted().doesNotHaveDuplicates();
		JournalPage firstTwo = journal.read(start, null, 2);
		assertThat(firstTwo.entries()).extracting(JournalEntry::event).containsExactly("a", "b");
		assertThat(firstTwo.end()).isEqualTo(firstTwo.entries().get(1).position());
		assertThat(firstTwo.complete()).isFalse();
		assertThat(journal.read(firstTwo.end(), null, 5).entries()).singleElement()
			.isEqualTo(new JournalEntry(journal.head(), "c", this.clock.instant(), TEN_BYTES, null));
		assertThat(journal.read(journal.head(), null, 5).entries()).isEmpty();
	}

	@Test
	void whenEntriesComeAndGoThenTheFiguresTellHowManyThereAreAndHowOldTheyAre() {
		EventJournal journal = create(new Retention(2, 100_000_000, Duration.ofHours(1)), this.clock);
		Position start = journal.head();
		JournalFigures empty = journal.figures();
		assertThat(empty.head()).isEqualTo(start);
		assertThat(empty.entries()).isZero();
		assertThat(empty.oldest()).isNull();
		append(journal, "a");
		Instant first = this.clock.instant();
		this.clock.forward(Duration.ofSeconds(1));
		append(journal, "b");
		settle(journal);
		assertThat(journal.figures().entries()).isEqualTo(2);
		assertThat(journal.figures().oldest()).isEqualTo(first);
		assertThat(journal.figures().head()).isEqualTo(journal.head());
		assertThat(journal.figures().bytes()).isIn(null, 2L * TEN_BYTES.length());
		append(journal, "c");
		settle(journal);
		assertThat(journal.figures().entries()).isEqualTo(2);
		assertThat(journal.figures().oldest()).isEqualTo(first.plusSeconds(1));
	}

	@Test
	void whenEventIsRaisedInATraceThenItIsKept() {
		EventJournal journal = create(AMPLE, this.clock);
		Position start = journal.head();
		String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
		journal.append("a", TEN_BYTES, trace);
		append(journal, "b");
		assertThat(journal.read(start, null, 5).entries()).extracting(JournalEntry::trace).containsExactly(trace, null);
		assertThat(journal.readBackwards(journal.head(), null, 5).entries()).extracting(JournalEntry::trace)
			.startsWith(null, trace);
	}

	@Test
	void whenOneEventIsReadThenOthersAreLeftOutAndTheEndIsBehindThem() {
		EventJournal journal = create(AMPLE, this.clock);
		Position start = journal.head();
		append(journal, "a", "b", "a", "b", "b");
		JournalPage page = journal.read(start, "a", 5);
		assertThat(page.entries()).extracting(JournalEntry::event).containsExactly("a", "a");
		assertThat(page.end()).isEqualTo(journal.head());
		assertThat(page.complete()).isTrue();
		assertThat(journal.read(start, "a", 1).end()).isEqualTo(page.entries().get(0).position());
		assertThat(journal.read(start, "unknown", 5)).isEqualTo(new JournalPage(List.of(), journal.head(), true));
	}

	@Test
	void whenReadBackwardsThenTheNewestComeFirst() {
		EventJournal journal = create(AMPLE, this.clock);
		append(journal, "a", "b", "a", "b", "a");
		JournalPage page = journal.readBackwards(journal.head(), "a", 2);
		assertThat(page.entries()).extracting(JournalEntry::position)
			.containsExactly(journal.head(), new Position(journal.head().value() - 2));
		assertThat(page.complete()).isFalse();
		JournalPage rest = journal.readBackwards(page.end(), "a", 2);
		assertThat(rest.entries()).extracting(JournalEntry::position)
			.containsExactly(new Position(journal.head().value() - 4));
		assertThat(rest.complete()).isTrue();
		assertThat(journal.readBackwards(rest.end(), "a", 2).entries()).isEmpty();
		assertThat(journal.readBackwards(journal.head(), null, 9).entries()).extracting(JournalEntry::event)
			.containsExactly("a", "b", "a", "b", "a");
	}

	@Test
	void whenPageHasTooManyBytesThenItEndsEarly() {
		EventJournal journal = create(AMPLE, this.clock);
		Position start = journal.head();
		Payload half = Payload.ofJson("{\"a\":\"" + "x".repeat(EventJournal.MAX_PAGE_BYTES / 2) + "\"}");
		Payload whole = Payload.ofJson("{\"a\":\"" + "x".repeat(EventJournal.MAX_PAGE_BYTES) + "\"}");
		journal.append("half", half, null);
		journal.append("whole", whole, null);
		journal.append("half", half, null);
		settle(journal);
		JournalPage first = journal.read(start, null, 5);
		assertThat(first.entries()).extracting(JournalEntry::event).containsExactly("half");
		assertThat(first.complete()).isFalse();
		JournalPage second = journal.read(first.end(), null, 5);
		assertThat(second.entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.arguments()).isEqualTo(whole));
		assertThat(journal.readBackwards(journal.head(), null, 5).entries()).hasSize(1);
	}

	@Test
	void whenThereAreTooManyEntriesThenTheOldestGoAndTheirPositionIsTold() {
		EventJournal journal = create(new Retention(3, 1000, Duration.ofHours(1)), this.clock);
		Position start = journal.head();
		append(journal, "e0", "e1", "e2", "e3", "e4");
		Position oldest = journal.oldest();
		assertThat(oldest).isEqualTo(new Position(journal.head().value() - 3));
		assertThat(journal.read(oldest, null, 10).entries()).extracting(JournalEntry::event)
			.containsExactly("e2", "e3", "e4");
		expired(journal, start);
		expired(journal, new Position(oldest.value() - 1));
		assertThat(journal.readBackwards(journal.head(), null, 10).entries()).hasSize(3);
	}

	@Test
	void whenEntriesAreTooOldThenTheyGo() {
		EventJournal journal = create(new Retention(100, 1000, Duration.ofMinutes(10)), this.clock);
		Position start = journal.head();
		append(journal, "old");
		this.clock.forward(Duration.ofMinutes(10));
		append(journal, "edge");
		assertThat(journal.read(start, null, 10).entries()).extracting(JournalEntry::event)
			.containsExactly("old", "edge");
		this.clock.forward(Duration.ofMillis(1));
		append(journal, "new");
		assertThat(journal.read(journal.oldest(), null, 10).entries()).extracting(JournalEntry::event)
			.containsExactly("edge", "new");
		expired(journal, start);
	}

	@Test
	void whenAllEntriesAreGoneThenTheHeadIsStillKnown() {
		EventJournal journal = create(new Retention(1, 1000, Duration.ofMinutes(10)), this.clock);
		append(journal, "a", "b");
		Position head = journal.head();
		assertThat(journal.read(head, null, 10).entries()).isEmpty();
		append(journal, "c");
		assertThat(journal.read(head, null, 10).entries()).extracting(JournalEntry::event).containsExactly("c");
	}

	@Test
	void whenPositionIsBeyondTheNewestEntryThenItIsOfAnotherJournal() {
		EventJournal journal = create(AMPLE, this.clock);
		append(journal, "a");
		expired(journal, new Position(journal.head().value() + 1));
	}

	@Test
	void whenTimeIsAskedForThenAllEntriesAtAndAfterItAreBehindThePosition() {
		EventJournal journal = create(AMPLE, this.clock);
		this.clock.forward(Duration.ofSeconds(1));
		Instant first = this.clock.instant();
		append(journal, "a", "b");
		this.clock.forward(Duration.ofSeconds(1));
		append(journal, "c");
		assertThat(behind(journal, first)).containsExactly("a", "b", "c");
		assertThat(behind(journal, first.plusMillis(1))).containsExactly("c");
		assertThat(behind(journal, first.plusSeconds(1))).containsExactly("c");
		assertThat(behind(journal, first.plusSeconds(2))).isEmpty();
	}

	@Test
	void whenClockGoesBackThenNothingIsMissedBehindATime() {
		EventJournal journal = create(AMPLE, this.clock);
		this.clock.forward(Duration.ofSeconds(10));
		Instant time = this.clock.instant();
		append(journal, "a");
		this.clock.forward(Duration.ofSeconds(-5));
		append(journal, "b");
		assertThat(behind(journal, time)).containsExactly("a", "b");
		assertThat(journal.read(journal.oldest(), null, 5).entries()).extracting(JournalEntry::time).isSorted();
	}

	@Test
	void whenEntriesOfTheTimeAreGoneThenThatIsTold() {
		EventJournal journal = create(new Retention(1, 1000, Duration.ofHours(1)), this.clock);
		this.clock.forward(Duration.ofSeconds(1));
		append(journal, "a");
		Instant time = this.clock.instant();
		this.clock.forward(Duration.ofSeconds(1));
		append(journal, "b");
		assertThatExceptionOfType(PositionExpiredException.class).isThrownBy(() -> journal.before(time))
			.satisfies((ex) -> assertThat(ex.oldest()).isEqualTo(journal.oldest()));
		assertThat(behind(journal, time.plusMillis(1))).containsExactly("b");
	}

	@Test
	void whenEntriesBecomeVisibleThenTasksRunAndCanReadThem() {
		EventJournal journal = create(AMPLE, this.clock);
		Position start = journal.head();
		AtomicInteger seen = new AtomicInteger();
		journal.onAppend(() -> seen.set(journal.read(start, null, 10).entries().size()));
		append(journal, "a", "b");
		Awaitility.await().untilAsserted(() -> assertThat(seen).hasValue(2));
	}

	@Test
	void whenManyThreadsAppendThenAReaderMissesNothing() {
		EventJournal journal = create(AMPLE, Clock.systemUTC());
		Position position = journal.head();
		List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
			.mapToObj((writer) -> CompletableFuture.runAsync(() -> {
				for (int n = 0; n < 1000; n++) {
					journal.append("e" + writer, Payload.ofJson("{\"n\":" + n + "}"), null);
				}
			}))
			.toList();
		List<JournalEntry> seen = new ArrayList<>();
		CompletableFuture<Void> all = CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new));
		boolean done = false;
		while (!done) {
			if (all.isDone()) {
				settle(journal);
				done = true;
			}
			JournalPage page;
			do {
				page = journal.read(position, null, 100);
				seen.addAll(page.entries());
				position = page.end();
			}
			while (!page.complete());
		}
		all.join();
		assertThat(seen).hasSize(4000);
		assertThat(seen).extracting((entry) -> entry.position().value()).isSorted().doesNotHaveDuplicates();
		for (int i = 0; i < 4; i++) {
			String event = "e" + i;
			assertThat(seen.stream().filter((entry) -> entry.event().equals(event)).map(JournalEntry::arguments))
				.containsExactlyElementsOf(
						IntStream.range(0, 1000).mapToObj((n) -> Payload.ofJson("{\"n\":" + n + "}")).toList());
		}
	}

	private void append(EventJournal journal, String... events) {
		for (String event : events) {
			journal.append(event, TEN_BYTES, null);
		}
		settle(journal);
	}

	private static List<String> behind(EventJournal journal, Instant time) {
		return journal.read(journal.before(time), null, 10).entries().stream().map(JournalEntry::event).toList();
	}

	private static void expired(EventJournal journal, Position position) {
		assertThatExceptionOfType(PositionExpiredException.class).isThrownBy(() -> journal.read(position, null, 10))
			.satisfies((ex) -> assertThat(ex.oldest()).isEqualTo(journal.oldest()));
	}

}
