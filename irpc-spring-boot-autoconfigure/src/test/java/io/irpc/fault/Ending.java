package io.irpc.fault;

/**
 * How a link ends.
 */
enum Ending {

	/**
	 * With a reset: what is under way may be lost.
	 */
	RESET,

	/**
	 * With the end of the stream, behind what was sent before.
	 */
	FINISH

}
