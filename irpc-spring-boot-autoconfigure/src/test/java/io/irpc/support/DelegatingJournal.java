package io.irpc.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.journal.JournalFigures;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.journal.Retention;
import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A small journal in memory, of which a test changes what it wants to.
 */
public abstract class DelegatingJournal implements EventJournal {

	private final EventJournal journal = new InMemoryEventJournal(new Retention(100, 10_000, Duration.ofDays(1)),
			Clock.systemUTC());

	@Override
	public void append(String event, Payload arguments, @Nullable String trace) {
		this.journal.append(event, arguments, trace);
	}

	@Override
	public JournalPage read(Position after, @Nullable String event, int limit) {
		return this.journal.read(after, event, limit);
	}

	@Override
	public JournalPage readBackwards(Position upTo, @Nullable String event, int limit) {
		return this.journal.readBackwards(upTo, event, limit);
	}

	@Override
	public Position before(Instant time) {
		return this.journal.before(time);
	}

	@Override
	public Position oldest() {
		return this.journal.oldest();
	}

	@Override
	public Position head() {
		return this.journal.head();
	}

	@Override
	public JournalFigures figures() {
		return this.journal.figures();
	}

	@Override
	public void onAppend(Runnable task) {
		this.journal.onAppend(task);
	}

}
