package io.irpc.call;

/**
 * Calls functions of a peer. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface IrpcCaller {

	/**
	 * Begin a call (protocol §3).
	 * @param function the qualified name of the function
	 * @return the call, to be given arguments and carried out
	 */
	IrpcCall call(String function);

	/**
	 * Make an object whose methods call functions of the peer. They return the value, or
	 * a {@code CompletionStage} or {@code Mono} of it.
	 * @param <T> the type of the interface
	 * @param serviceInterface an interface annotated with
	 * {@link io.irpc.annotation.IrpcService}
	 * @return the object
	 */
	<T> T proxy(Class<T> serviceInterface);

}
