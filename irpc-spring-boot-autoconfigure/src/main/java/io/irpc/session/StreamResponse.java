package io.irpc.session;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Takes no more elements from a publisher than the peer has asked for, and a few at a
 * time, so that a slow peer stops it (protocol §7). Whatever happens to it happens on one
 * thread at a time that may block.
 */
final class StreamResponse implements Flow.Subscriber<Object> {

	/**
	 * How many elements are asked for at once: all that a stream ever holds in memory.
	 */
	private static final int BATCH = 32;

	private final SerialTasks tasks;

	private final StreamElements elements;

	private final Consumer<@Nullable Throwable> completion;

	private Flow.@Nullable Subscription subscription;

	private long credit;

	private int requested;

	private boolean ended;

	/**
	 * Create a stream.
	 * @param elements where its elements go
	 * @param workers threads that may block
	 * @param completion given the failure, {@code null} for none, when it has ended
	 */
	StreamResponse(StreamElements elements, Executor workers, Consumer<@Nullable Throwable> completion) {
		this.elements = elements;
		this.tasks = new SerialTasks(workers, this::end);
		this.completion = completion;
		this.credit = elements.initialCredit();
	}

	/**
	 * Let more elements come, and look again whether the peer takes them.
	 * @param n how many more
	 */
	void request(long n) {
		this.tasks.execute(() -> {
			this.credit = (this.credit + n < 0) ? Long.MAX_VALUE : this.credit + n;
			pull();
		});
	}

	/**
	 * End the stream, as nobody wants more of it.
	 */
	void cancel() {
		this.tasks.interrupt();
		this.tasks.execute(() -> end(new IrpcException(ErrorCode.CANCELLED, "The stream was cancelled")));
	}

	@Override
	public void onSubscribe(Flow.Subscription newSubscription) {
		this.tasks.execute(() -> {
			if (this.ended || this.subscription != null) {
				newSubscription.cancel();
				return;
			}
			this.subscription = newSubscription;
			pull();
		});
	}

	@Override
	public void onNext(Object element) {
		this.tasks.executeWithin(() -> {
			if (!this.ended) {
				checkRequested();
				this.requested--;
				this.elements.add(element);
				pull();
			}
		});
	}

	@Override
	public void onError(Throwable failure) {
		this.tasks.execute(() -> {
			this.subscription = null;
			end(failure);
		});
	}

	@Override
	public void onComplete() {
		this.tasks.execute(() -> {
			this.subscription = null;
			end(null);
		});
	}

	private void checkRequested() {
		if (this.requested == 0) {
			throw new IllegalStateException(
					"The publisher of the stream sends more elements than it was asked for (expected: request(n))");
		}
	}

	private void pull() {
		if (this.subscription == null || this.ended || this.requested > 0) {
			return;
		}
		if (this.credit == 0 && !this.elements.canBeAskedFor()) {
			end(new IrpcException(ErrorCode.CANCELLED, "The peer cannot ask for more elements any more"));
		}
		else if (this.credit > 0 && this.elements.isReady()) {
			this.requested = (int) Math.min(this.credit, BATCH);
			this.credit -= this.requested;
			this.subscription.request(this.requested);
		}
	}

	private void end(@Nullable Throwable failure) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		Flow.Subscription current = this.subscription;
		this.subscription = null;
		try {
			if (current != null) {
				current.cancel();
			}
		}
		finally {
			this.completion.accept(failure);
		}
	}

}
