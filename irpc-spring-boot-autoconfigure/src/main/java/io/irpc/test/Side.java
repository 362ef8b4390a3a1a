package io.irpc.test;

/**
 * One of the two ends of a link.
 *
 * @since 0.1.0
 */
public enum Side {

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
