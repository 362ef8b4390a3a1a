package io.irpc.call;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.irpc.protocol.ErrorCode;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread wait for the elements of a publisher. No more of them are asked for than
 * the thread is about to take.
 *
 * @param <T> the type of the elements
 */
final class BlockingElements<T> implements Flow.Subscriber<T>, Iterator<T>, AutoCloseable {

	/**
	 * Enough to keep a long line busy.
	 */
	private static final int AHEAD = 256;

	private final BlockingQueue<Signal<T>> signals = new LinkedBlockingQueue<>();

	private volatile Flow.@Nullable Subscription subscription;

	private @Nullable Signal<T> next;

	private int taken;

	/**
	 * Return the elements of a publisher as a stream, which ends the subscription when it
	 * is closed.
	 * @param publisher the publisher
	 * @param <T> the type of the elements
	 * @return the stream
	 * @throws IllegalStateException on a thread that has to read the elements itself
	 */
	static <T> Stream<T> stream(Flow.Publisher<T> publisher) {
		WorkerPool.requireMayWait();
		BlockingElements<T> elements = new BlockingElements<>();
		publisher.subscribe(elements);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.onClose(elements::close);
	}

	@Override
	public void onSubscribe(Flow.Subscription newSubscription) {
		this.subscription = newSubscription;
		newSubscription.request(AHEAD);
	}

	@Override
	public void onNext(T element) {
		this.signals.add(new Signal<>(element, null));
	}

	@Override
	public void onError(Throwable failure) {
		this.signals.add(new Signal<>(null, failure));
	}

	@Override
	public void onComplete() {
		this.signals.add(new Signal<>(null, null));
	}

	@Override
	public boolean hasNext() {
		Signal<T> current = this.next;
		if (current == null) {
			current = await();
			this.next = current;
		}
		if (current.failure() instanceof RuntimeException ex) {
			throw ex;
		}
		if (current.failure() != null) {
			throw new IrpcClientException(ErrorCode.INTERNAL, String.valueOf(current.failure().getMessage()),
					current.failure());
		}
		return current.element() != null;
	}

	@Override
	public T next() {
		T element = (hasNext() && this.next != null) ? this.next.element() : null;
		if (element == null) {
			throw new NoSuchElementException();
		}
		this.next = null;
		Flow.Subscription current = this.subscription;
		if (++this.taken == AHEAD / 2 && current != null) {
			this.taken = 0;
			current.request(AHEAD / 2);
		}
		return element;
	}

	@Override
	public void close() {
		Flow.Subscription current = this.subscription;
		if (current != null) {
			current.cancel();
		}
		// another thread may be waiting
		onError(new IrpcClientException(ErrorCode.CANCELLED, "The stream was closed", null));
	}

	private Signal<T> await() {
		Signal<T> signal = this.signals.poll();
		if (signal != null) {
			return signal;
		}
		WorkerPool.beforeWaiting();
		try {
			// the queue itself tells the pool that another thread may run meanwhile
			return this.signals.take();
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
			throw new IrpcClientException(ErrorCode.CANCELLED, "Interrupted while waiting for an element", ex);
		}
	}

	/**
	 * What the publisher has told: an element, a failure, or with neither the end.
	 *
	 * @param element the element
	 * @param failure the failure
	 * @param <T> the type of the elements
	 */
	private record Signal<T>(@Nullable T element, @Nullable Throwable failure) {

	}

}
