package io.irpc.call;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

import io.irpc.payload.Payload;
import io.irpc.protocol.ErrorCode;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a call that interceptors surround, in each of the ways in which it can be
 * carried out.
 *
 * @param call the call
 * @param interception who surrounds it
 * @param channel what it is sent over
 */
record InterceptedCalls(DefaultIrpcCall call, Interception interception, CallChannel channel) {

	@SuppressWarnings("TypeParameterUnusedInFormals")
	<T> @Nullable T retrieve(Type type) {
		// the thread that waits does everything: a worker that waits for workers may wait
		// for itself; unless an interceptor goes on where nobody may wait
		CompletableFuture<Payload> value = this.interception.intercept(this.call.request(CallRequest.Kind.VALUE),
				(request) -> WorkerPool.mayWait() ? CompletableFuture.completedFuture(behind(request))
						: this.call.behind(request).retrieveAsync(Payload.class))
			.toCompletableFuture();
		try {
			Payload payload = value.get();
			return this.call.read((payload != null) ? payload : Payload.NULL, type);
		}
		catch (ExecutionException ex) {
			throw CallFailures.unchecked(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IrpcClientException(ErrorCode.CANCELLED, "Interrupted while waiting for " + this.call.target(),
					ex);
		}
	}

	private Payload behind(CallRequest request) {
		Payload payload = this.call.behind(request).retrieve(Payload.class);
		return (payload != null) ? payload : Payload.NULL;
	}

	<T> CompletableFuture<@Nullable T> retrieveAsync(Type type) {
		return InterceptedCall.of(this.interception, this.call.request(CallRequest.Kind.VALUE),
				(request) -> this.call.behind(request).retrieveAsync(Payload.class),
				(payload) -> this.call.<T>read(payload, type), this.channel);
	}

	CompletableFuture<@Nullable Void> send() {
		return InterceptedCall.of(this.interception, this.call.request(CallRequest.Kind.ONEWAY),
				(request) -> this.call.behind(request).send().thenApply((sent) -> Payload.NULL), (payload) -> null,
				this.channel);
	}

	<T> Flow.Publisher<T> publisher(Type type) {
		return (subscriber) -> {
			InterceptedStream<T> stream = new InterceptedStream<>(subscriber);
			this.interception
				.intercept(this.call.request(CallRequest.Kind.STREAM),
						(request) -> stream.send(this.call.behind(request).publisher(type)))
				.whenComplete((payload, ex) -> stream.finished(ex));
		};
	}

}
