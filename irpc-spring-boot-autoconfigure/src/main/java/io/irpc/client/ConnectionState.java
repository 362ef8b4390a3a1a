package io.irpc.client;

/**
 * State of the connection of a client.
 *
 * @since 0.1.0
 */
public enum ConnectionState {

	/**
	 * A connection is being made; calls wait for it.
	 */
	CONNECTING,

	/**
	 * Calls are sent at once.
	 */
	CONNECTED,

	/**
	 * There is no connection and the next attempt is not due yet; calls fail.
	 */
	DISCONNECTED,

	/**
	 * The client is closed for good.
	 */
	CLOSED

}
