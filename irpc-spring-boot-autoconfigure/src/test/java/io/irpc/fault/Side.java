package io.irpc.fault;

/**
 * One of the two ends of a link.
 */
enum Side {

	/**
	 * The one that has connected.
	 */
	CLIENT,

	/**
	 * The one that has accepted.
	 */
	SERVER;

	Side other() {
		return (this == CLIENT) ? SERVER : CLIENT;
	}

}
