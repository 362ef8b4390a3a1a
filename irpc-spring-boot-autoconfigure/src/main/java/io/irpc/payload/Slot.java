package io.irpc.payload;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something that is kept for one use after the other, by one thread at a time.
 */
interface Slot {

	/**
	 * Return whether it is kept for the next use.
	 * @return the same flag each time, not set as long as a new one is used
	 */
	AtomicBoolean free();

	/**
	 * Take it.
	 * @return {@code false} if another has it
	 */
	default boolean take() {
		return free().compareAndSet(true, false);
	}

	/**
	 * Let others take it.
	 */
	default void giveBack() {
		free().lazySet(true);
	}

}
