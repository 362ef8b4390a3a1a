package io.irpc.call;

import java.lang.reflect.Type;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.irpc.payload.Payload;
import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * A call whose value comes later.
 *
 * @param <T> the type of the value
 */
final class AsynchronousCall<T> extends CallExecution implements Runnable {

	private final DefaultIrpcCall call;

	private final Type type;

	private final CallChannel channel;

	private final ObservedCall observed;

	private final CallFuture future = new CallFuture();

	private @Nullable Response response;

	private @Nullable Throwable failure;

	AsynchronousCall(DefaultIrpcCall call, Command command, CallChannel channel, CallDeadline deadline,
			boolean idempotent, Type type, ObservedCall observed) {
		super(command, channel, deadline.within(observed.traceParent()), idempotent);
		this.call = call;
		this.type = type;
		this.channel = channel;
		this.observed = observed;
	}

	/**
	 * Return the value to come.
	 * @return the value; whoever cancels it cancels the call (protocol §6, feature
	 * {@code cancel})
	 */
	CompletableFuture<@Nullable T> future() {
		return this.future;
	}

	@Override
	protected void completed(@Nullable Response newResponse, @Nullable Throwable newFailure) {
		this.response = newResponse;
		this.failure = newFailure;
		Completion completion = (newResponse != null) ? this.channel.completion() : Completion.WORKER;
		completion.complete(this, this.channel.workers());
	}

	@Override
	protected boolean hasTimer() {
		return true;
	}

	@Override
	public void run() {
		Payload value;
		try {
			value = value();
		}
		catch (RuntimeException | Error ex) {
			this.observed.ended(null, ex);
			this.future.completeExceptionally(ex);
			return;
		}
		this.observed.ended(value, null);
		try {
			this.future.complete(this.call.read(value, this.type));
		}
		catch (RuntimeException | Error ex) {
			this.future.completeExceptionally(ex);
		}
	}

	private Payload value() {
		Response answer = this.response;
		if (this.failure instanceof TimeoutException late) {
			throw this.call.failures().unanswered(this, late);
		}
		if (answer == null) {
			throw this.call.failures().of((this.failure != null) ? this.failure : new CancellationException());
		}
		return this.call.value(answer, deadline());
	}

	private final class CallFuture extends WaitedFuture<@Nullable T> {

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			if (cancelled) {
				abort(new CancellationException());
			}
			return cancelled;
		}

	}

}
