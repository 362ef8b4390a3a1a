package io.irpc.session;

import org.jspecify.annotations.Nullable;

/**
 * Surrounds every command. Beans of this type apply in their order, the first one
 * outermost.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InvocationInterceptor {

	/**
	 * Surround a command. Called on the thread that the command runs on.
	 * @param invocation the command with its session
	 * @param chain what comes further inside
	 * @return the value, or a {@link java.util.concurrent.CompletionStage} of it
	 * @throws Exception if the command fails or is refused
	 */
	@Nullable Object intercept(Invocation invocation, Chain chain) throws Exception;

	/**
	 * What comes further inside.
	 */
	@FunctionalInterface
	interface Chain {

		/**
		 * Go on.
		 * @param invocation the command with its session
		 * @return the value, or a {@link java.util.concurrent.CompletionStage} of it
		 * @throws Exception if the command fails
		 */
		@Nullable Object proceed(Invocation invocation) throws Exception;

	}

}
