package io.irpc.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * A call whose caller waits for the answer.
 */
final class BlockingCall extends CallExecution {

	private final CompletableFuture<Response> answer = new CompletableFuture<>();

	BlockingCall(Command command, CallChannel channel, CallDeadline deadline, boolean idempotent) {
		super(command, channel, deadline, idempotent);
	}

	/**
	 * Wait for the answer.
	 * @return the answer
	 * @throws TimeoutException if the time of the call is over
	 * @throws ExecutionException if there is none
	 * @throws InterruptedException if the thread is interrupted
	 */
	Response await() throws TimeoutException, ExecutionException, InterruptedException {
		WorkerPool.beforeWaiting();
		return this.answer.get(deadline().remaining(), TimeUnit.NANOSECONDS);
	}

	@Override
	protected void completed(@Nullable Response response, @Nullable Throwable failure) {
		if (response != null) {
			this.answer.complete(response);
		}
		else {
			this.answer.completeExceptionally((failure != null) ? failure : new IllegalStateException());
		}
	}

	@Override
	protected boolean hasTimer() {
		return false;
	}

}
