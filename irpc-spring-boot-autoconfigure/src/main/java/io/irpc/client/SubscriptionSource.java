package io.irpc.client;

import java.util.concurrent.CompletableFuture;

import io.irpc.session.IrpcSession;

/**
 * Makes the parts of a subscription, and handles what they receive.
 */
interface SubscriptionSource {

	/**
	 * Return the name of the event.
	 * @return the qualified name
	 */
	String event();

	/**
	 * Make the part of a session.
	 * @param session the session
	 * @param activation told of the answer
	 * @return the part, not started
	 */
	SessionPart on(IrpcSession session, Activation activation);

	/**
	 * Handle nothing more.
	 */
	void close();

	/**
	 * Let the server forget what it keeps for the subscription, which is closed.
	 * @return completed when it has
	 */
	CompletableFuture<Void> forget();

}
