package io.irpc.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.irpc.payload.PayloadConverter;
import io.irpc.session.IrpcSession;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * What calls are sent over: the session of the moment, which may come and go.
 *
 * @since 0.1.0
 */
public interface CallChannel {

	/**
	 * Return the session to send on.
	 * @return completed with a session, or with a {@link NotConnectedException}
	 */
	CompletableFuture<IrpcSession> session();

	/**
	 * Return what converts arguments and values.
	 * @return the converter
	 */
	PayloadConverter converter();

	/**
	 * Return the threads that may wait.
	 * @return runs tasks that may block
	 */
	WorkerPool workers();

	/**
	 * Return which thread completes asynchronous calls.
	 * @return the thread
	 */
	Completion completion();

	/**
	 * Return what takes up calls whose session is lost.
	 * @return the lost calls, {@code null} if there is no other session to come
	 */
	@Nullable LostCalls lostCalls();

	/**
	 * Return who surrounds calls.
	 * @return the interceptors
	 */
	Interception interception();

	/**
	 * Return how long a call waits for its answer unless it says otherwise.
	 * @return the time
	 */
	Duration timeout();

}
