package io.irpc.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.NotStarted;
import io.irpc.session.ResponseListener;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way to its one answer, over as many sessions as that takes (protocol
 * §6, feature {@code outcome}). It keeps its place on a session after a timeout, so that
 * a late response still finds it. Safe for use by many threads.
 */
abstract class CallExecution implements ResponseListener {

	private final Command command;

	private final CallChannel channel;

	private final CallDeadline deadline;

	private final boolean idempotent;

	private final AtomicBoolean done = new AtomicBoolean();

	private volatile boolean unwanted;

	private volatile @Nullable IrpcSession session;

	private volatile @Nullable SentCommand sent;

	private @Nullable CollectedElements elements;

	/**
	 * Create an execution that has not begun.
	 * @param command the command
	 * @param channel what it is sent over
	 * @param deadline how long to wait for the answer
	 * @param idempotent whether it may be carried out twice
	 */
	CallExecution(Command command, CallChannel channel, CallDeadline deadline, boolean idempotent) {
		this.command = command;
		this.channel = channel;
		this.deadline = deadline;
		this.idempotent = idempotent;
	}

	/**
	 * The command has its one answer, or never will have. Called once, on whatever thread
	 * finds out; must not block.
	 * @param response the answer
	 * @param failure why there is none
	 */
	protected abstract void completed(@Nullable Response response, @Nullable Throwable failure);

	/**
	 * Return when this ends by itself.
	 * @return {@code false} if somebody waits who ends it
	 */
	protected abstract boolean hasTimer();

	CallDeadline deadline() {
		return this.deadline;
	}

	void start() {
		CompletableFuture<IrpcSession> target = this.channel.session();
		if (target.isDone() && !target.isCompletedExceptionally()) {
			sendOrFail(target.join());
			return;
		}
		startTimer();
		target.whenComplete((connected, ex) -> {
			if (connected != null) {
				sendOrFail(connected);
			}
			else {
				completeExceptionally(ex);
			}
		});
	}

	private void sendOrFail(IrpcSession target) {
		try {
			sendOn(target);
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

	// a session looks after what was sent on it
	private void startTimer() {
		if (hasTimer()) {
			CompletableFuture.delayedExecutor(this.deadline.remaining(), TimeUnit.NANOSECONDS, Runnable::run)
				.execute(this::expired);
		}
	}

	boolean isDone() {
		return this.done.get();
	}

	boolean complete(Response response) {
		return complete(response, null);
	}

	boolean completeExceptionally(Throwable failure) {
		return complete(null, failure);
	}

	private boolean complete(@Nullable Response response, @Nullable Throwable failure) {
		boolean first = this.done.compareAndSet(false, true);
		if (first) {
			completed(response, failure);
		}
		return first;
	}

	/**
	 * Return whether the peer may know of the command.
	 * @return {@code false} as long as there was no session to send it on
	 */
	boolean wasSent() {
		return this.session != null;
	}

	/**
	 * Send the command, unless nobody waits for it any more.
	 * @param target the session to send it on
	 */
	void sendOn(IrpcSession target) {
		this.session = target;
		// whoever has given up while there was no connection does not want it sent later
		if (isDone()) {
			return;
		}
		Command toSend = this.deadline.addTo(this.command, target);
		CommandLength.check(toSend, target);
		this.elements = null;
		this.sent = new SentCommand(target, hasTimer() ? target.pending().send(toSend, this, this.deadline.nanoTime())
				: target.pending().send(toSend, this), this);
		if (this.unwanted) {
			cancelAtPeer();
		}
	}

	/**
	 * Give up waiting, and tell the peer so.
	 * @param reason why
	 */
	void abort(Throwable reason) {
		this.unwanted = true;
		if (completeExceptionally(reason)) {
			cancelAtPeer();
		}
	}

	@Override
	public void expired() {
		abort(new TimeoutException());
	}

	@Override
	public boolean received(Response response) {
		switch (response.type()) {
			case NEXT -> collect(response);
			case VALUE -> complete((this.elements != null) ? this.elements.toResponse(response.id()) : response);
			case EXCEPTION -> failed(response);
			case SIGNAL -> {
				return false;
			}
		}
		return response.isFinal();
	}

	@Override
	public void closed(String reason) {
		lost("", 0, reason);
	}

	@Override
	public void lost(String id, int use, String reason) {
		if (isDone()) {
			return;
		}
		IrpcSession last = this.session;
		LostCalls lostCalls = this.channel.lostCalls();
		String token = (last != null) ? last.peer().outcomeToken() : null;
		startTimer();
		if (lostCalls != null && last != null && !id.isEmpty() && token != null) {
			lostCalls.ask(new LostCall(this, last, token, id, use));
		}
		else if (lostCalls != null && (id.isEmpty() || this.idempotent)) {
			lostCalls.repeat(this, last);
		}
		else {
			completeExceptionally(
					new ConnectionLostException("the connection was lost before the answer: " + reason, null));
		}
	}

	/**
	 * Know that the function was called, and that its answer is forgotten.
	 */
	void answerForgotten() {
		completeExceptionally(new ConnectionLostException.AnswerForgotten(
				"the connection was lost before the answer: the function was called, but its answer is forgotten",
				null));
	}

	/**
	 * Know that nobody knows what has become of the call.
	 * @param reason why
	 */
	void forgotten(String reason) {
		LostCalls lostCalls = this.channel.lostCalls();
		if (this.idempotent && lostCalls != null) {
			lostCalls.repeat(this, this.session);
		}
		else {
			completeExceptionally(
					new ConnectionLostException("the connection was lost before the answer, and " + reason, null));
		}
	}

	// a peer that shuts down may have refused it before it was started
	private void failed(Response response) {
		LostCalls lostCalls = this.channel.lostCalls();
		if (lostCalls == null || !NotStarted.mayBeIn(response.value())) {
			complete(response);
			return;
		}
		this.channel.workers().execute(() -> {
			RemoteCallException failure = RemoteCallException.of(response.value(), this.channel.converter());
			if (failure.code() == ErrorCode.UNAVAILABLE && NotStarted.isIn(failure.details())) {
				lostCalls.repeat(this, this.session);
			}
			else {
				complete(response);
			}
		});
	}

	private void collect(Response element) {
		IrpcSession current = this.session;
		CollectedElements collected = this.elements;
		if (collected == null) {
			collected = new CollectedElements();
			this.elements = collected;
		}
		if (isDone()) {
			return;
		}
		try {
			if (collected.add(element.value()) && current != null) {
				new SentCommand(current, element.id(), this).request(Integer.MAX_VALUE);
			}
		}
		catch (IrpcClientException ex) {
			abort(ex);
		}
	}

	private void cancelAtPeer() {
		SentCommand current = this.sent;
		if (current != null) {
			current.cancel();
		}
	}

}
