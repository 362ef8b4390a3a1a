package io.irpc.call;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The value of a call that is led through interceptors. Whoever cancels it cancels what
 * was sent for it.
 *
 * @param <T> the type of the value
 */
final class InterceptedCall<T> extends WaitedFuture<@Nullable T> {

	private final Queue<CompletableFuture<?>> sent = new ConcurrentLinkedQueue<>();

	/**
	 * Make the call.
	 * @param interception who surrounds it
	 * @param request the call
	 * @param sender sends it
	 * @param reader converts the value
	 * @param channel completes the call, which is not for whatever thread an interceptor
	 * completes its stage on
	 * @param <T> the type of the value
	 * @return the value to come
	 */
	static <T> InterceptedCall<T> of(Interception interception, CallRequest request,
			Function<CallRequest, CompletableFuture<Payload>> sender, Function<Payload, @Nullable T> reader,
			CallChannel channel) {
		InterceptedCall<T> call = new InterceptedCall<>();
		CompletableFuture<Payload> outcome = interception.intercept(request, (changed) -> call.send(changed, sender))
			.toCompletableFuture();
		// what is known at once is told at once
		boolean known = outcome.isDone();
		outcome.whenComplete((payload, ex) -> {
			Runnable finish = () -> call.finish(payload, ex, reader);
			if (known || channel.workers().isWithin()) {
				finish.run();
			}
			else {
				channel.completion().complete(finish, channel.workers());
			}
		});
		return call;
	}

	private CompletableFuture<Payload> send(CallRequest request,
			Function<CallRequest, CompletableFuture<Payload>> sender) {
		CompletableFuture<Payload> result = sender.apply(request);
		this.sent.add(result);
		if (isCancelled()) {
			result.cancel(false);
		}
		// what interceptors make of it must not keep the call from being cancelled
		return result.copy();
	}

	private void finish(@Nullable Payload payload, @Nullable Throwable failure, Function<Payload, @Nullable T> reader) {
		try {
			if (failure != null) {
				completeExceptionally(CallFailures.unchecked(failure));
			}
			else {
				complete(reader.apply((payload != null) ? payload : Payload.NULL));
			}
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.sent.forEach((call) -> call.cancel(mayInterruptIfRunning));
		}
		return cancelled;
	}

}
