package io.irpc.client;

/**
 * Told of what happens to a client. Called on threads of the client that may block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IrpcClientListener {

	/**
	 * The connection has changed its state. Called in the order of the changes.
	 * @param client the client
	 * @param connection the connection, in its new state
	 */
	void stateChanged(IrpcClient client, ConnectionInfo connection);

	/**
	 * A subscription that has no handler of gaps misses events, or may miss some. Called
	 * before the next event is handled.
	 * @param client the client
	 * @param gap the gap
	 */
	default void gap(IrpcClient client, EventGap gap) {
	}

	/**
	 * An event of a subscription that has no handler of errors could not be handled, and
	 * is not tried again.
	 * @param client the client
	 * @param failure the failure
	 */
	default void failed(IrpcClient client, EventFailure<?> failure) {
	}

}
