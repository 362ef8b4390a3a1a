package io.irpc.payload;

/**
 * Something that is kept for one use after the other, by one thread at a time.
 */
interface Slot {

	/**
	 * Take it. A new one is taken.
	 * @return {@code false} if another has it
	 */
	boolean take();

	/**
	 * Let others take it.
	 */
	void giveBack();

}
