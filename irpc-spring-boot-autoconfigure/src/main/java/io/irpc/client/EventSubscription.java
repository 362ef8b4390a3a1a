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
	 * Return the moment from which events are received on the present connection, or on
	 * the next one while there is none. Each reconnection has a moment of its own, known
	 * before the client's state becomes {@link ConnectionState#CONNECTED}: what was
	 * raised before it must be asked for.
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
