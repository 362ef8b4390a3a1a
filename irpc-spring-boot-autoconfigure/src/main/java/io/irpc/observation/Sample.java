package io.irpc.observation;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value that several meters are read from, computed once for all that are read
 * together. Safe for use by many threads.
 *
 * @param <T> the type of the value
 */
final class Sample<T> {

	private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

	private final Supplier<T> source;

	private final LongSupplier nanoTime;

	private @Nullable T value;

	private long taken;

	Sample(Supplier<T> source, LongSupplier nanoTime) {
		this.source = source;
		this.nanoTime = nanoTime;
	}

	synchronized T get() {
		long now = this.nanoTime.getAsLong();
		T current = this.value;
		if (current == null || now - this.taken >= MAX_AGE) {
			current = this.source.get();
			this.value = current;
			this.taken = now;
		}
		return current;
	}

}
