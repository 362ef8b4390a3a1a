package io.irpc.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
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

	private final Function<CallRequest, CompletableFuture<Payload>> sender;

	private final Function<Payload, @Nullable T> reader;

	private final AtomicReference<@Nullable Sent> sent = new AtomicReference<>();

	private @Nullable Payload payload;

	private @Nullable Throwable failure;

	private InterceptedCall(Function<CallRequest, CompletableFuture<Payload>> sender,
			Function<Payload, @Nullable T> reader) {
		this.sender = sender;
		this.reader = reader;
	}

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
		InterceptedCall<T> call = new InterceptedCall<>(sender, reader);
		CompletableFuture<Payload> outcome = interception.intercept(request, call::send).toCompletableFuture();
		// what is known at once is told at once
		boolean known = outcome.isDone();
		outcome.whenComplete((payload, ex) -> {
			call.payload = payload;
			call.failure = ex;
			if (known || channel.workers().isWithin()) {
				call.finish();
			}
			else {
				channel.completion().complete(call::finish, channel.workers());
			}
		});
		return call;
	}

	private CompletableFuture<Payload> send(CallRequest request) {
		CompletableFuture<Payload> result = this.sender.apply(request);
		this.sent.updateAndGet((before) -> new Sent(result, before));
		if (isCancelled()) {
			result.cancel(false);
		}
		// what interceptors make of it must not keep the call from being cancelled
		return result.copy();
	}

	// with what the interceptors have made of it
	private void finish() {
		try {
			if (this.failure != null) {
				completeExceptionally(CallFailures.unchecked(this.failure));
			}
			else {
				complete(this.reader.apply((this.payload != null) ? this.payload : Payload.NULL));
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
			for (Sent each = this.sent.get(); each != null; each = each.before()) {
				each.call().cancel(mayInterruptIfRunning);
			}
		}
		return cancelled;
	}

	/**
	 * What was sent, mostly once.
	 *
	 * @param call the call
	 * @param before what was sent before
	 */
	private record Sent(CompletableFuture<?> call, @Nullable Sent before) {

	}

}
