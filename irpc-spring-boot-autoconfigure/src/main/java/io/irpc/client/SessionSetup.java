package io.irpc.client;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.irpc.session.IrpcSession;

/**
 * Prepares each new session before calls are sent on it. Called on its event loop; must
 * not block.
 */
interface SessionSetup {

	/**
	 * The session was opened: the login comes right behind what this sends, without
	 * waiting for answers.
	 * @param session the session
	 * @param executor runs what may block, or takes too long for the event loop
	 * @return completed when the peer has said who it is, or that it does not know how
	 * to: the session is not used before
	 */
	CompletionStage<?> opened(IrpcSession session, Executor executor);

	/**
	 * The session is logged in, or stays anonymous: calls come behind what this sends.
	 * @param session the session
	 */
	void loggedIn(IrpcSession session);

}
