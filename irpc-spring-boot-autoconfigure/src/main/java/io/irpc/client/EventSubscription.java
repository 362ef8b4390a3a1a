package io.irpc.client;

import java.util.concurrent.CompletableFuture;

import io.irpc.call.IrpcClientException;
import io.irpc.call.RemoteCallException;

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
	 * before the client's state becomes {@link ConnectionState#CONNECTED}: unless the
	 * subscription {@link #isReplayable()}, what was raised before it must be asked for.
	 * @return completed when the server has accepted the subscription, or with a
	 * {@link RemoteCallException} when it has refused it
	 */
	CompletableFuture<Void> whenActive();

	/**
	 * Return whether what is raised while there is no connection comes later. It does not
	 * for {@link IrpcClient#listen} and against servers that know {@code monitor} only.
	 * @return {@code true} if the server has accepted to replay (protocol §5.2), as far
	 * as is known from the last connection
	 */
	boolean isReplayable();

	/**
	 * End the subscription: the handler is not called again, but may still be running.
	 * What it has not handled is not acknowledged. The server keeps the cursor of a
	 * durable one, so that a later subscription with its name goes on there.
	 */
	@Override
	void close();

	/**
	 * End the subscription for good: as {@link #close()}, and the server forgets the
	 * cursor of a durable one.
	 * @return completed when the server has forgotten it, or with an
	 * {@link IrpcClientException} if it could not be told
	 */
	CompletableFuture<Void> forget();

}
