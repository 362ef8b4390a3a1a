package io.irpc.service;

import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what an iterator has, as it is asked for, on the thread that asks. For one
 * subscriber, which asks on one thread at a time.
 */
final class IteratorPublisher implements Flow.Publisher<Object> {

	private final Supplier<? extends Iterator<?>> source;

	private final @Nullable AutoCloseable resource;

	/**
	 * Create a publisher.
	 * @param source supplies the iterator when the first element is asked for
	 * @param resource what is to be closed at the end, {@code null} for nothing
	 */
	IteratorPublisher(Supplier<? extends Iterator<?>> source, @Nullable AutoCloseable resource) {
		this.source = source;
		this.resource = resource;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super Object> subscriber) {
		subscriber.onSubscribe(new IteratorSubscription(subscriber));
	}

	private final class IteratorSubscription implements Flow.Subscription {

		private final Flow.Subscriber<? super Object> subscriber;

		private @Nullable Iterator<?> iterator;

		private long demand;

		private boolean running;

		private boolean ended;

		IteratorSubscription(Flow.Subscriber<? super Object> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long n) {
			this.demand += n;
			// the subscriber may ask for more while it is given an element
			if (this.running) {
				return;
			}
			this.running = true;
			try {
				for (; this.demand > 0 && !this.ended; this.demand--) {
					next();
				}
			}
			catch (Exception | Error ex) {
				fail(ex);
			}
			finally {
				this.running = false;
			}
		}

		@Override
		public void cancel() {
			try {
				close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Cannot close " + IteratorPublisher.this.resource, ex);
			}
		}

		private void next() throws Exception {
			Iterator<?> current = this.iterator;
			if (current == null) {
				current = IteratorPublisher.this.source.get();
				this.iterator = current;
			}
			if (current.hasNext()) {
				Object element = current.next();
				this.subscriber.onNext((element != null) ? element : Payload.NULL);
			}
			else {
				close();
				this.subscriber.onComplete();
			}
		}

		private void fail(Throwable failure) {
			try {
				close();
			}
			catch (Exception ex) {
				failure.addSuppressed(ex);
			}
			this.subscriber.onError(failure);
		}

		private void close() throws Exception {
			boolean first = !this.ended;
			this.ended = true;
			if (first && IteratorPublisher.this.resource != null) {
				IteratorPublisher.this.resource.close();
			}
		}

	}

}
