package io.irpc.test;

/**
 * How a connection over a {@link BadLink} ends.
 *
 * @since 0.1.0
 */
public enum Ending {

	/**
	 * With a reset: what is under way may be lost.
	 */
	RESET,

	/**
	 * With the end of the stream, behind what has passed before.
	 */
	FINISH

}
