package io.irpc.fault;

/**
 * What goes wrong.
 */
enum Fault {

	/**
	 * The daemon is killed and started again, on the same port.
	 */
	DAEMON_KILLED,

	/**
	 * The client is killed and started again.
	 */
	CLIENT_KILLED,

	/**
	 * Both are killed at the same time.
	 */
	BOTH_KILLED,

	/**
	 * The link is cut, several times in a row and each time one byte later.
	 */
	LINK_CUT,

	/**
	 * Nothing flows for a while in a link that stays open.
	 */
	LINK_FROZEN,

	/**
	 * One side loses the link and the other one does not know.
	 */
	LINK_HALF_OPEN,

	/**
	 * The link is slow for a while.
	 */
	LINK_SLOW

}
