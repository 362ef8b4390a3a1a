package io.irpc.client;

import java.util.concurrent.CompletableFuture;

/**
 * A client's subscription to an event.
 *
 * @since 0.1.0
 */
public interface EventSubscription extends AutoCloseable {

	/**
	 * Return the name of the event.
	 * @return the qualified name
	 */
	String event();

	/**
	 * Return the moment from which events are received for the first time.
	 * @return completed when the server has accepted the subscription, or with a
	 * {@link RemoteCallException} when it has refused it
	 */
	CompletableFuture<Void> whenActive();

	/**
	 * End the subscription: the handler is not called again, but may still be running.
	 */
	@Override
	void close();

}
