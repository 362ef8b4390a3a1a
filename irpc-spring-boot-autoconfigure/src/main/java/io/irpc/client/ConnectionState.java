package io.irpc.client;

/**
 * State of the connection of a client.
 *
 * @since 0.1.0
 */
public enum ConnectionState {

	/**
	 * A connection is being made; calls wait for it. Also while the client moves to
	 * another connection because the server has said that it goes away (protocol §6).
	 */
	CONNECTING,

	/**
	 * Calls are sent at once.
	 */
	CONNECTED,

	/**
	 * There is no connection and the next attempt is not due yet; calls fail or wait
	 * ({@link WhileDisconnected}). Also before the first attempt, and when the client has
	 * {@linkplain IrpcClient#disconnect() disconnected}; then calls connect.
	 */
	DISCONNECTED,

	/**
	 * The client is closed for good.
	 */
	CLOSED

}
