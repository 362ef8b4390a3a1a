package io.irpc.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.journal.EventJournal;

/**
 * Finds out within a bounded time whether a journal answers. One question is on its way
 * at a time, so that a journal that hangs costs one thread. Safe for use by many threads.
 */
final class JournalProbe {

	private final EventJournal journal;

	private final Executor executor;

	private final Duration timeout;

	private CompletableFuture<Void> question = CompletableFuture.completedFuture(null);

	/**
	 * Create a probe.
	 * @param journal the journal
	 * @param executor asks it, which may block
	 * @param timeout how long an answer may take
	 */
	JournalProbe(EventJournal journal, Executor executor, Duration timeout) {
		this.journal = journal;
		this.executor = executor;
		this.timeout = timeout;
	}

	/**
	 * Ask the journal. Returns when it has answered.
	 * @throws Exception what the journal answers with, or that there is no answer
	 */
	void check() throws Exception {
		try {
			question().get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new TimeoutException("No answer within " + this.timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception failure) ? failure : ex;
		}
	}

	private synchronized CompletableFuture<Void> question() {
		if (this.question.isDone()) {
			this.question = CompletableFuture.runAsync(this.journal::oldest, this.executor);
		}
		return this.question;
	}

}
