package io.irpc.client;

import io.irpc.session.IrpcSession;

/**
 * Prepares each new session before calls are sent on it. Called on its event loop; must
 * not block.
 */
interface SessionSetup {

	/**
	 * The session was opened: the login comes right behind what this sends.
	 * @param session the session
	 */
	void opened(IrpcSession session);

	/**
	 * The session is logged in, or stays anonymous: calls come behind what this sends.
	 * @param session the session
	 */
	void loggedIn(IrpcSession session);

}
