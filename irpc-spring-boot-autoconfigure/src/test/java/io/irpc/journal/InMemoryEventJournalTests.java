package io.irpc.journal;

import java.time.Clock;
import java.time.Duration;

import io.irpc.payload.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the journal in memory keeps, and in which order it is read.
 */
class InMemoryEventJournalTests extends EventJournalContract {

	@Override
	protected EventJournal create(Retention retention, Clock journalClock) {
		return new InMemoryEventJournal(retention, journalClock);
	}

	@Override
	protected void settle(EventJournal journal) {
		// an append is visible at once
	}

	@Test
	void whenThereAreTooManyBytesThenTheOldestGo() {
		EventJournal journal = create(new Retention(100, 25, Duration.ofHours(1)), this.clock);
		for (int i = 0; i < 5; i++) {
			journal.append("e" + i, TEN_BYTES, null);
		}
		assertThat(journal.read(journal.oldest(), null, 10).entries()).extracting(JournalEntry::event)
			.containsExactly("e3", "e4");
	}

	@Test
	void whenOneEntryIsLongerThanAllMayBeThenItIsGoneAndTold() {
		EventJournal journal = create(new Retention(10, 5, Duration.ofHours(1)), this.clock);
		Position start = journal.head();
		journal.append("long", TEN_BYTES, null);
		assertThat(journal.head()).isEqualTo(new Position(start.value() + 1)).isEqualTo(journal.oldest());
		assertThat(journal.read(journal.head(), null, 1).entries()).isEmpty();
	}

	@Test
	void whenProcessIsAnotherOneThenItsPositionsAreGone() {
		EventJournal earlier = create(new Retention(10, 1000, Duration.ofHours(1)), this.clock);
		earlier.append("a", Payload.ofJson("{}"), null);
		this.clock.forward(Duration.ofSeconds(1));
		EventJournal later = create(new Retention(10, 1000, Duration.ofHours(1)), this.clock);
		assertThatExceptionOfType(PositionExpiredException.class).isThrownBy(() -> later.read(earlier.head(), null, 1));
		assertThatExceptionOfType(PositionExpiredException.class)
			.isThrownBy(() -> later.before(this.clock.instant().minusMillis(1)));
	}

	@Test
	void whenRetentionIsNotPositiveThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Retention(0, 1, Duration.ofHours(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, 0, Duration.ofHours(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, 1, Duration.ZERO));
	}

}
