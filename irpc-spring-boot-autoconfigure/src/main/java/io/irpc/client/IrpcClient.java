package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.irpc.call.IrpcCaller;
import io.irpc.call.NotConnectedException;

/**
 * A client of one IRPC server: calls its functions, listens to its events. It outlives
 * connections: one that is lost is made again. Safe for use by many threads, which all
 * share one connection.
 *
 * @since 0.1.0
 */
public interface IrpcClient extends IrpcCaller, AutoCloseable {

	/**
	 * Begin to build a client, which needs no application context.
	 * @return the builder
	 */
	static IrpcClientBuilder builder() {
		return new IrpcClientBuilder();
	}

	/**
	 * Listen to an event: at most once, live only (protocol §5.1). After a reconnection
	 * the client listens again; what was raised meanwhile is missed.
	 * @param <T> the type of the event
	 * @param event the qualified name of the event
	 * @param type the type that its arguments are converted to
	 * @param handler called for each firing, one after the other, on a thread that may
	 * block; what it throws is logged
	 * @return the subscription
	 */
	<T> EventSubscription listen(String event, Class<T> type, Consumer<? super T> handler);

	/**
	 * Begin a subscription that misses nothing: the server replays and filters, and takes
	 * what the handler has handled for acknowledged (protocol §5.2). After a reconnection
	 * it goes on behind the last event that was handled.
	 * @param name the name of the subscription, by which the server knows a durable one
	 * again: letters, digits, {@code _} and {@code -}. Used for one subscription of this
	 * client at a time
	 * @return the subscription, to be told the event
	 * @throws IllegalArgumentException if the grammar does not allow the name
	 */
	EventSubscriptionSpec.Start subscribe(String name);

	/**
	 * Connect, if that has not begun yet. Returns at once; calls do it as well.
	 * @return completed when there is a connection, on a thread that may block, however
	 * many attempts it takes; or with a {@link NotConnectedException} if further ones are
	 * of no use, as the server refuses the credentials or the client is closed or
	 * disconnected
	 */
	CompletableFuture<Void> connect();

	/**
	 * Return the state of the connection.
	 * @return the state
	 */
	ConnectionState state();

	/**
	 * Return how the connection is doing.
	 * @return its state, the address of the server, and the last failure
	 */
	ConnectionInfo connection();

	/**
	 * Return what the client has done, and how it is doing.
	 * @return the figures of the moment
	 */
	ClientFigures figures();

	/**
	 * End the connection, or the attempts to get one, until {@link #connect()} or the
	 * next call or subscription. Calls in flight and those that wait for a connection
	 * fail. Subscriptions stay, and go on with the next connection. Waits for a few
	 * seconds at the most until all this has happened, unless this thread must not wait.
	 * Does nothing if there is neither.
	 */
	void disconnect();

	/**
	 * End the connection for good. Calls in flight fail.
	 */
	@Override
	void close();

}
