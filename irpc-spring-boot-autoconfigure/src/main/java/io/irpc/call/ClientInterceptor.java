package io.irpc.call;

import java.util.concurrent.CompletionStage;

import io.irpc.payload.Payload;

/**
 * Surrounds the calls of clients: adds to what is sent, sees what has come of it, answers
 * in place of the server, tries again. Beans of this type surround all calls of all
 * clients that are configured by properties, in their order.
 * <p>
 * It is called on the thread that makes the call, before anything is sent, which may be
 * one that must not block. It must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClientInterceptor {

	/**
	 * Make a call, or not.
	 * @param request what is called
	 * @param chain goes on with the next interceptor, and at last sends the call
	 * @return completed with the value, or exceptionally with what the caller gets. For a
	 * call without an answer and for a stream, whose elements go to the caller directly,
	 * the value is JSON {@code null} and the stage completes when the call is sent or the
	 * stream has ended
	 */
	CompletionStage<Payload> intercept(CallRequest request, Chain chain);

	/**
	 * What is behind an interceptor.
	 */
	@FunctionalInterface
	interface Chain {

		/**
		 * Go on with a call. This may be done never, once or, except for a stream,
		 * several times, at once or later, on any thread that may block: where the caller
		 * waits for the value, so does this method.
		 * @param request what to call
		 * @return completed with the value or one of the exceptions of
		 * {@link IrpcCall#retrieve(Class)}, on a thread of the client that may block
		 */
		CompletionStage<Payload> proceed(CallRequest request);

	}

}
