package io.irpc.payload;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a few things for threads of any kind, of which there may be too many to keep one
 * for each. Safe for use by many threads.
 *
 * @param <T> the type of the things
 */
final class Slots<T extends Slot> {

	private static final int SIZE = 64;

	private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(SIZE);

	private final Supplier<T> maker;

	/**
	 * Create it without any.
	 * @param maker makes a new one, which is taken
	 */
	Slots(Supplier<T> maker) {
		this.maker = maker;
	}

	/**
	 * Take one, mostly that which the same thread has had before.
	 * @return one that nobody else has; to be given back, or dropped
	 */
	T take() {
		int slot = (int) Thread.currentThread().getId() & (SIZE - 1);
		T last = this.kept.get(slot);
		if (last != null && last.take()) {
			return last;
		}
		// one that is never given back must not leave the slot without any
		T fresh = this.maker.get();
		this.kept.set(slot, fresh);
		return fresh;
	}

}
