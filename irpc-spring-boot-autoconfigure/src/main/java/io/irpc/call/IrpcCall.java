package io.irpc.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
	 * Change how long to wait for the answer, connecting included.
	 * @param timeout the time
	 * @return this call
	 */
	IrpcCall timeout(Duration timeout);

	/**
	 * Call the function and wait for its value.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws RemoteCallException if the function fails or refuses the call
	 * @throws NotConnectedException if there is no connection, so that nothing was sent
	 * @throws ConnectionLostException if the connection is lost before the answer: the
	 * function may or may not have been called
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
	 * {@link #retrieve(Class)}, on a thread of the client that may block
	 */
	<T> CompletableFuture<@Nullable T> retrieveAsync(Class<T> type);

	/**
	 * Call the function.
	 * @param <T> the type of the value
	 * @param type the type of the value, with its generics
	 * @return as {@link #retrieveAsync(Class)}
	 */
	<T> CompletableFuture<@Nullable T> retrieveAsync(ParameterizedTypeReference<T> type);

}
