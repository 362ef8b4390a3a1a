package io.irpc.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Finds out within a bounded time whether a journal answers. One question is on its way
 * at a time, so that a journal that hangs costs one thread. Safe for use by many threads.
 *
 * @param <T> the type of the answer
 */
final class JournalProbe<T> {

	private final Supplier<T> source;

	private final Executor executor;

	private final Duration timeout;

	private @Nullable CompletableFuture<T> question;

	/**
	 * Create a probe.
	 * @param source asks the journal, which may block
	 * @param executor where it is asked
	 * @param timeout how long an answer may take
	 */
	JournalProbe(Supplier<T> source, Executor executor, Duration timeout) {
		this.source = source;
		this.executor = executor;
		this.timeout = timeout;
	}

	/**
	 * Ask the journal.
	 * @return the answer
	 * @throws Exception what the journal answers with, or that there is no answer
	 */
	T ask() throws Exception {
		try {
			return question().get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new TimeoutException("No answer within " + this.timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception failure) ? failure : ex;
		}
	}

	private synchronized CompletableFuture<T> question() {
		CompletableFuture<T> current = this.question;
		if (current == null || current.isDone()) {
			current = CompletableFuture.supplyAsync(this.source, this.executor);
			this.question = current;
		}
		return current;
	}

}
