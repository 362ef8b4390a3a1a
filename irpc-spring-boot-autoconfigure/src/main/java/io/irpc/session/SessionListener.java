package io.irpc.session;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.irpc.protocol.LimitException;
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
	 * A connection was refused a session.
	 * @param address the address of the peer, {@code null} if it has none
	 * @param reason what the connection would have exceeded
	 */
	default void refused(@Nullable SocketAddress address, LimitException reason) {
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
	 * A session is about to be closed by this end, and its commands are answered: what is
	 * sent on it unasked, such as the firings of subscriptions, is to end.
	 * @param session the session
	 * @return completed with the number of subscriptions that have ended, on any thread
	 */
	default CompletionStage<Integer> ending(IrpcSession session) {
		return CompletableFuture.completedFuture(0);
	}

	/**
	 * A session was closed.
	 * @param session the session
	 * @param reason why, in words for a log
	 */
	default void closed(IrpcSession session, String reason) {
	}

}
