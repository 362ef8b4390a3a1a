package io.irpc.client;

/**
 * Which of several addresses of a server comes first.
 *
 * @since 0.1.0
 */
public enum AddressOrder {

	/**
	 * Each connection goes to the first address that works, also when the one before went
	 * to a later one.
	 */
	FAIL_OVER,

	/**
	 * Each connection goes to the next address that works. The very first is chosen at
	 * random, so that many clients spread.
	 */
	ROUND_ROBIN

}
