package io.irpc.call;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Hands the elements of a stream on, and tells interceptors when it has ended.
 *
 * @param <T> the type of the elements
 */
final class InterceptedStream<T> implements Flow.Subscriber<T> {

	private final Flow.Subscriber<? super T> subscriber;

	private final AtomicBoolean decided = new AtomicBoolean();

	private final CompletableFuture<Payload> ended = new CompletableFuture<>();

	/**
	 * Whether the end is being told: whoever is told may close the stream, which is then
	 * no cancellation.
	 */
	private volatile boolean ending;

	InterceptedStream(Flow.Subscriber<? super T> subscriber) {
		this.subscriber = subscriber;
	}

	/**
	 * Send the call.
	 * @param publisher publishes the elements
	 * @return completed when the stream has ended
	 */
	CompletableFuture<Payload> send(Flow.Publisher<T> publisher) {
		if (!this.decided.compareAndSet(false, true)) {
			throw new IllegalStateException("A stream has been sent or refused already (expected: once)");
		}
		publisher.subscribe(this);
		return this.ended.copy();
	}

	/**
	 * Know what the interceptors have made of the call, which matters if nothing was
	 * sent.
	 * @param failure why it has failed, {@code null} if it has not
	 */
	void finished(@Nullable Throwable failure) {
		if (!this.decided.compareAndSet(false, true)) {
			return;
		}
		this.subscriber.onSubscribe(new Flow.Subscription() {

			@Override
			public void request(long n) {
			}

			@Override
			public void cancel() {
			}

		});
		if (failure != null) {
			this.subscriber.onError(CallFailures.unchecked(failure));
		}
		else {
			this.subscriber.onComplete();
		}
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscriber.onSubscribe(new Flow.Subscription() {

			@Override
			public void request(long n) {
				subscription.request(n);
			}

			@Override
			public void cancel() {
				subscription.cancel();
				if (!InterceptedStream.this.ending) {
					InterceptedStream.this.ended.completeExceptionally(new CancellationException());
				}
			}

		});
	}

	@Override
	public void onNext(T element) {
		this.subscriber.onNext(element);
	}

	@Override
	public void onError(Throwable failure) {
		this.ending = true;
		this.subscriber.onError(failure);
		this.ended.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.ending = true;
		this.subscriber.onComplete();
		this.ended.complete(Payload.NULL);
	}

}
