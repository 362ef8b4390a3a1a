package io.irpc.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.payload.Payload;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * A call whose caller waits for the answer.
 */
final class BlockingCall extends CallExecution {

	private final DefaultIrpcCall call;

	private final ObservedCall observed;

	private final CompletableFuture<Response> answer = new CompletableFuture<>();

	BlockingCall(DefaultIrpcCall call, Command command, CallChannel channel, CallDeadline deadline, boolean idempotent,
			ObservedCall observed) {
		super(command, channel, deadline.within(observed.traceParent()), idempotent);
		this.call = call;
		this.observed = observed;
	}

	/**
	 * Send the command and wait for the answer.
	 * @return the value
	 * @throws RuntimeException one of the exceptions of {@link IrpcCall#retrieve(Class)}
	 * if there is none
	 */
	Payload value() {
		Payload value;
		try {
			start();
			value = await();
		}
		catch (RuntimeException | Error ex) {
			this.observed.ended(null, ex);
			throw ex;
		}
		this.observed.ended(value, null);
		return value;
	}

	private Payload await() {
		try {
			WorkerPool.beforeWaiting();
			Response response = this.answer.get(deadline().remaining(), TimeUnit.NANOSECONDS);
			return this.call.value(response, deadline());
		}
		catch (TimeoutException ex) {
			abort(ex);
			throw this.call.failures().unanswered(this, ex);
		}
		catch (ExecutionException ex) {
			throw this.call.failures().of(ex);
		}
		catch (InterruptedException ex) {
			abort(ex);
			Thread.currentThread().interrupt();
			throw new IrpcClientException(ErrorCode.CANCELLED, "Interrupted while waiting for " + this.call.target(),
					ex);
		}
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
