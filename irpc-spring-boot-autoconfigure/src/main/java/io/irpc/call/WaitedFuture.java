package io.irpc.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * A future whose completion may need what the waiting thread has sent and not yet let
 * leave.
 *
 * @param <T> the type of the value
 */
class WaitedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	@Override
	public T get() throws InterruptedException, ExecutionException {
		beforeWaiting();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		beforeWaiting();
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		beforeWaiting();
		return super.join();
	}

	private void beforeWaiting() {
		if (!isDone()) {
			WorkerPool.beforeWaiting();
		}
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new WaitedFuture<>();
	}

}
