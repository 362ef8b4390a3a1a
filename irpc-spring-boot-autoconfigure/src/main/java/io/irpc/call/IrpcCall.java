package io.irpc.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * One call of a function (protocol §3 and §4). Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface IrpcCall {

	/**
	 * Add an argument by name.
	 * @param name the name of the argument
	 * @param value the value, converted to JSON at once
	 * @return this call
	 */
	IrpcCall argument(String name, @Nullable Object value);

	/**
	 * Add an argument by position.
	 * @param value the value, converted to JSON at once
	 * @return this call
	 */
	IrpcCall argument(@Nullable Object value);

	/**
	 * Change how long to wait for the answer, connecting included. The peer is told, and
	 * interrupts the function when the time has passed (protocol §6, feature
	 * {@code deadline}). A call that a function makes while it runs waits no longer than
	 * the caller of that function does. For a stream it is the time until its end; unless
	 * it is set, a stream may last.
	 * @param timeout the time
	 * @return this call
	 */
	IrpcCall timeout(Duration timeout);

	/**
	 * Say which trace the call belongs to (protocol §6, feature {@code trace}). A call
	 * that a function makes while it runs belongs to the trace of that function by
	 * itself; a call that is observed by a tracer belongs to the trace that this one
	 * says, whatever is said here.
	 * @param traceParent the context of the caller's step
	 * @return this call
	 */
	IrpcCall traceParent(TraceParent traceParent);

	/**
	 * Declare that it does no harm to call the function twice, so that the call is
	 * repeated when its connection is lost and nobody knows what has become of it.
	 * @return this call
	 */
	IrpcCall idempotent();

	/**
	 * Call the function and wait for its value.
	 * @param <T> the type of the value
	 * @param type the type of the value, {@link io.irpc.payload.Payload} for the JSON
	 * itself
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws RemoteCallException if the function fails or refuses the call
	 * @throws NotConnectedException if there is no connection, so that nothing was sent
	 * @throws ConnectionLostException if the connection is lost before the answer, and
	 * the peer cannot tell what has become of the call. One that speaks the feature
	 * {@code outcome} can (protocol §6): then the call returns, fails or is sent again as
	 * if nothing had happened
	 * @throws CallTimeoutException if there is no answer in time
	 */
	<T> @Nullable T retrieve(Class<T> type);

	/**
	 * Call the function and wait for its value.
	 * @param <T> the type of the value
	 * @param type the type of the value, with its generics
	 * @return the value, {@code null} for JSON {@code null}
	 * @see #retrieve(Class)
	 */
	<T> @Nullable T retrieve(ParameterizedTypeReference<T> type);

	/**
	 * Call the function.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @return completed with the value or one of the exceptions of
	 * {@link #retrieve(Class)}, on a thread of the client that may block; cancelling it
	 * cancels the call at the peer
	 */
	<T> CompletableFuture<@Nullable T> retrieveAsync(Class<T> type);

	/**
	 * Call the function.
	 * @param <T> the type of the value
	 * @param type the type of the value, with its generics
	 * @return as {@link #retrieveAsync(Class)}
	 */
	<T> CompletableFuture<@Nullable T> retrieveAsync(ParameterizedTypeReference<T> type);

	/**
	 * Call the function and read its elements as they come (protocol §7). The peer is
	 * asked for a few more than were taken, so that whoever takes none stops it. Close
	 * the stream to end the function early.
	 * @param <T> the type of the elements
	 * @param type the type of the elements
	 * @return the elements; taking one waits for it, and throws as
	 * {@link #retrieve(Class)} does
	 */
	<T> Stream<T> retrieveStream(Class<T> type);

	/**
	 * Call the function and read its elements as they come.
	 * @param <T> the type of the elements
	 * @param type the type of the elements, with its generics
	 * @return as {@link #retrieveStream(Class)}
	 */
	<T> Stream<T> retrieveStream(ParameterizedTypeReference<T> type);

	/**
	 * Call the function for each subscriber and publish its elements, as many as the
	 * subscriber asks for (protocol §7). Subscribers are told on threads of the client
	 * that may block.
	 * @param <T> the type of the elements
	 * @param type the type of the elements
	 * @return the publisher; {@code JdkFlowAdapter} makes a {@code Flux} of it
	 */
	<T> Flow.Publisher<T> retrievePublisher(Class<T> type);

	/**
	 * Call the function for each subscriber and publish its elements.
	 * @param <T> the type of the elements
	 * @param type the type of the elements, with its generics
	 * @return as {@link #retrievePublisher(Class)}
	 */
	<T> Flow.Publisher<T> retrievePublisher(ParameterizedTypeReference<T> type);

	/**
	 * Call the function without waiting for an answer, which it does not give either
	 * (protocol §6, feature {@code oneway}). Such calls of one client run one after the
	 * other.
	 * @return completed when the call is handed to the connection; whether it arrives is
	 * not known
	 */
	CompletableFuture<@Nullable Void> send();

}
