package io.irpc.session;

import org.jspecify.annotations.Nullable;

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
	 * A session was given to a user, to another one, or made anonymous.
	 * @param session the session, with its new user
	 * @param previous the user until now, {@code null} if it was anonymous
	 */
	default void userChanged(IrpcSession session, @Nullable SessionUser previous) {
	}

	/**
	 * A session was closed.
	 * @param session the session
	 * @param reason why, in words for a log
	 */
	default void closed(IrpcSession session, String reason) {
	}

}
