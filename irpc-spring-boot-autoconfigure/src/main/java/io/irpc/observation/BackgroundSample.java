package io.irpc.observation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value that several meters are read from and that takes a while to find out: never on
 * the thread that reads the meters, which may be one that must not wait for long, and
 * seldom. Safe for use by many threads.
 *
 * @param <T> the type of the value
 */
final class BackgroundSample<T> {

	private static final long MAX_AGE = Duration.ofSeconds(5).toNanos();

	private final Supplier<T> source;

	private final Executor executor;

	private final Duration patience;

	private final LongSupplier nanoTime;

	private @Nullable CompletableFuture<T> latest;

	private @Nullable T known;

	private long begun;

	/**
	 * Create a sample without a value.
	 * @param source finds out the value, and may block
	 * @param executor where it is found out
	 * @param patience how long to wait for it at the most
	 * @param nanoTime tells the time
	 */
	BackgroundSample(Supplier<T> source, Executor executor, Duration patience, LongSupplier nanoTime) {
		this.source = source;
		this.executor = executor;
		this.patience = patience;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the value of the last few seconds.
	 * @return the value, {@code null} if there is none, or it could not be found out in
	 * time
	 */
	@Nullable T get() {
		CompletableFuture<T> begunNow = begin();
		if (begunNow != null) {
			await(begunNow);
		}
		return value();
	}

	// whoever comes while it is being found out waits no more for it: many meters wait
	// once
	private synchronized @Nullable CompletableFuture<T> begin() {
		long now = this.nanoTime.getAsLong();
		CompletableFuture<T> current = this.latest;
		if (current != null && (!current.isDone() || now - this.begun < MAX_AGE)) {
			return null;
		}
		if (current != null) {
			this.known = current.isCompletedExceptionally() ? null : current.join();
		}
		this.begun = now;
		this.latest = ask();
		return this.latest;
	}

	private CompletableFuture<T> ask() {
		try {
			return CompletableFuture.supplyAsync(this.source, this.executor);
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void await(CompletableFuture<T> future) {
		try {
			future.get(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// there is no value, or an old one
		}
	}

	private synchronized @Nullable T value() {
		CompletableFuture<T> current = this.latest;
		if (current == null) {
			return null;
		}
		if (!current.isDone()) {
			// an old value would say that all is well
			return (this.nanoTime.getAsLong() - this.begun < this.patience.toNanos()) ? this.known : null;
		}
		return current.isCompletedExceptionally() ? null : current.join();
	}

}
