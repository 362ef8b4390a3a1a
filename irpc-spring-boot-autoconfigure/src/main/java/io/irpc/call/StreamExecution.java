package io.irpc.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadReader;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.ResponseListener;
import io.irpc.session.SerialTasks;
import org.jspecify.annotations.Nullable;

/**
 * One call whose value comes in elements, never more of them than the subscriber has
 * asked for (protocol §7). The subscriber is told everything on threads that may block,
 * one after the other.
 *
 * @param <T> the type of the elements
 */
final class StreamExecution<T> implements ResponseListener, Flow.Subscription {

	/**
	 * How many elements may be on their way, however many the subscriber asks for.
	 */
	private static final int MAX_CREDIT = 256;

	private final StreamCommand<T> command;

	private final CallChannel channel;

	private final Flow.Subscriber<? super T> subscriber;

	private final SerialTasks tasks;

	private volatile @Nullable SentCommand sent;

	/**
	 * What the subscriber has asked for beyond the credit.
	 */
	private long demand;

	/**
	 * How many elements the peer may still send.
	 */
	private int credit;

	private boolean started;

	private boolean ended;

	private final AtomicBoolean cancelledAtPeer = new AtomicBoolean();

	private @Nullable List<T> list;

	private int listed;

	StreamExecution(StreamCommand<T> command, CallChannel channel, Flow.Subscriber<? super T> subscriber) {
		this.command = command;
		this.channel = channel;
		this.subscriber = subscriber;
		this.tasks = new SerialTasks(channel.workers()::complete, this::fail);
	}

	@Override
	public void request(long n) {
		this.tasks.execute(() -> {
			if (n <= 0) {
				fail(new IllegalArgumentException("request(" + n + ") (expected: a number above 0)"));
				return;
			}
			this.demand = (this.demand + n < 0) ? Long.MAX_VALUE : this.demand + n;
			if (!this.started) {
				this.started = true;
				this.credit = take();
				start();
			}
			else {
				deliverList();
				replenish();
			}
		});
	}

	@Override
	public void cancel() {
		this.tasks.execute(() -> {
			this.ended = true;
			cancelAtPeer();
		});
	}

	@Override
	public boolean received(Response response) {
		this.tasks.execute(() -> handle(response));
		return response.isFinal();
	}

	// nobody can read the rest
	@Override
	public void closing() {
		cancelAtPeer();
	}

	@Override
	public void closed(String reason) {
		this.tasks.execute(() -> fail(
				new ConnectionLostException("the connection was lost before the end of the stream: " + reason, null)));
	}

	private void start() {
		CallDeadline deadline = this.command.deadline();
		if (deadline.told()) {
			CompletableFuture.delayedExecutor(deadline.remaining(), TimeUnit.NANOSECONDS, this.tasks)
				.execute(() -> fail(new CallTimeoutException("The stream of " + this.command.failures().target()
						+ " did not end within the time that the call has set", null)));
		}
		this.channel.session().whenComplete((session, ex) -> this.tasks.execute(() -> {
			if (ex != null) {
				fail(this.command.failures().of(ex));
			}
			else if (!this.ended) {
				send(session);
			}
		}));
	}

	private void send(IrpcSession session) {
		Command toSend = this.command.toSend(this.credit, session);
		CommandLength.check(toSend, session);
		this.sent = new SentCommand(session, session.pending().send(toSend, this), this);
	}

	private void handle(Response response) {
		if (this.ended) {
			return;
		}
		switch (response.type()) {
			case NEXT -> {
				if (--this.credit < 0) {
					throw new IrpcClientException(ErrorCode.PROTOCOL_ERROR, "The peer sends more elements of "
							+ this.command.failures().target() + " than it was asked for", null);
				}
				this.subscriber.onNext(read(this.command.reader(), response));
				replenish();
			}
			case VALUE -> {
				if (response.value().isNull()) {
					complete();
				}
				else {
					// the peer knows no streams, or the function returns a list
					this.list = read(this.command.listReader(), response);
					this.demand += this.credit;
					this.credit = 0;
					deliverList();
				}
			}
			case EXCEPTION -> fail(this.command.failures().of(response, this.command.deadline()));
			case SIGNAL -> fail(new IrpcClientException(ErrorCode.PROTOCOL_ERROR, "A signal answers no call", null));
		}
	}

	private <V> V read(PayloadReader<V> reader, Response response) {
		try {
			V value = reader.read(response.value());
			if (value != null) {
				return value;
			}
		}
		catch (PayloadException ex) {
			throw this.command.failures().unreadable(ex.getMessage(), ex);
		}
		throw this.command.failures().unreadable("it is null", null);
	}

	private void deliverList() {
		List<T> elements = this.list;
		if (elements == null) {
			return;
		}
		while (!this.ended && this.listed < elements.size() && this.demand > 0) {
			this.demand--;
			this.subscriber.onNext(elements.get(this.listed++));
		}
		if (!this.ended && this.listed == elements.size()) {
			complete();
		}
	}

	private int take() {
		int taken = (int) Math.min(this.demand, MAX_CREDIT - this.credit);
		this.demand -= taken;
		return taken;
	}

	private void replenish() {
		SentCommand current = this.sent;
		if (current == null || this.ended || this.list != null || this.credit > MAX_CREDIT / 2) {
			return;
		}
		int more = take();
		if (more > 0) {
			this.credit += more;
			current.request(more);
		}
	}

	private void complete() {
		this.ended = true;
		this.subscriber.onComplete();
	}

	private void fail(Throwable failure) {
		if (!this.ended) {
			this.ended = true;
			cancelAtPeer();
			this.subscriber.onError(failure);
		}
	}

	private void cancelAtPeer() {
		SentCommand current = this.sent;
		if (current != null && this.cancelledAtPeer.compareAndSet(false, true)) {
			current.cancel();
		}
	}

}
