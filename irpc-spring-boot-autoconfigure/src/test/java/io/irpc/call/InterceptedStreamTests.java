package io.irpc.call;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of {@link InterceptedStream}.
 */
class InterceptedStreamTests {

	@Test
	void whenReaderClosesTheStreamAtItsEndThenThatIsNoCancellation() {
		assertThat(sent(Flow.Subscriber::onComplete)).isCompletedWithValue(Payload.NULL);
		assertThatException()
			.isThrownBy(() -> sent((subscriber) -> subscriber.onError(new IllegalStateException("broken"))).join())
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void whenReaderClosesTheStreamBeforeItsEndThenThatIsACancellation() {
		assertThatException().isThrownBy(() -> sent((subscriber) -> subscriber.onNext("a")).join())
			.withCauseInstanceOf(CancellationException.class);
	}

	private static CompletableFuture<Payload> sent(Consumer<Flow.Subscriber<? super String>> signal) {
		return new InterceptedStream<>(new Closing()).send((subscriber) -> {
			subscriber.onSubscribe(new Flow.Subscription() {

				@Override
				public void request(long n) {
				}

				@Override
				public void cancel() {
				}

			});
			signal.accept(subscriber);
		});
	}

	/**
	 * Closes the stream whatever it is told.
	 */
	private static final class Closing implements Flow.Subscriber<String> {

		private Flow.@Nullable Subscription subscription;

		@Override
		public void onSubscribe(Flow.Subscription newSubscription) {
			this.subscription = newSubscription;
		}

		@Override
		public void onNext(String element) {
			close();
		}

		@Override
		public void onError(Throwable failure) {
			close();
		}

		@Override
		public void onComplete() {
			close();
		}

		private void close() {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
		}

	}

}
