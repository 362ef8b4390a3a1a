package io.irpc.client;

import java.util.concurrent.CompletableFuture;

/**
 * What a subscription has on one session.
 */
interface SessionPart {

	/**
	 * Ask the server for the event. Called once.
	 */
	void start();

	/**
	 * End what was asked for. Called once.
	 * @return completed when the server sends nothing more
	 */
	CompletableFuture<Void> end();

	/**
	 * Return whether the server keeps what cannot be sent.
	 * @return {@code true} from the moment when it has accepted that
	 */
	boolean isReplayable();

}
