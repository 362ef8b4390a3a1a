package io.irpc.server;

/**
 * State of a server.
 *
 * @since 0.1.0
 */
public enum IrpcServerState {

	/**
	 * It does not listen: not yet, not any more, or as it has nothing to publish.
	 */
	STOPPED,

	/**
	 * It listens.
	 */
	LISTENING,

	/**
	 * The application refuses traffic, and sessions are being ended.
	 */
	DRAINING,

	/**
	 * All sessions were ended on request. Nothing is accepted until the server is started
	 * again, with the application as a rule.
	 */
	DRAINED

}
