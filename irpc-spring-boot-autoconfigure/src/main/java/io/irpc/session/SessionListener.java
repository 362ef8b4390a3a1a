package io.irpc.session;

/**
 * Hears of the life of sessions. Called on the event loop of the session's connection;
 * must not block.
 *
 * @since 0.1.0
 */
public interface SessionListener {

	/**
	 * A session was opened.
	 * @param session the session
	 */
	default void opened(IrpcSession session) {
	}

	/**
	 * A session that could not take more can take more again.
	 * @param session the session
	 */
	default void writable(IrpcSession session) {
	}

	/**
	 * A session was closed.
	 * @param session the session
	 * @param reason why, in words for a log
	 */
	default void closed(IrpcSession session, String reason) {
	}

}
