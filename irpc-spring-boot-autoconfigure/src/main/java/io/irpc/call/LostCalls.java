package io.irpc.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.irpc.payload.PayloadConverter;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * The calls whose sessions were lost before their answers. The next session asks what has
 * become of them, and sends again what was never started (protocol §6, feature
 * {@code outcome}). Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LostCalls {

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final List<LostCall> toAsk = new ArrayList<>();

	private final List<CallExecution> toRepeat = new ArrayList<>();

	private boolean closed;

	private final PayloadConverter converter;

	private final Executor workers;

	private final Supplier<CompletableFuture<IrpcSession>> current;

	private final BooleanSupplier connecting;

	/**
	 * Create an instance without calls.
	 * @param converter reads what peers answer
	 * @param workers runs what is not for event loops
	 * @param current supplies the session of the moment
	 * @param connecting whether there is a session, or somebody tries to get one
	 */
	public LostCalls(PayloadConverter converter, Executor workers, Supplier<CompletableFuture<IrpcSession>> current,
			BooleanSupplier connecting) {
		this.converter = converter;
		this.workers = workers;
		this.current = current;
		this.connecting = connecting;
	}

	/**
	 * Take up the calls on a session that is ready for commands.
	 * @param session the session
	 */
	public void resolve(IrpcSession session) {
		List<LostCall> asked;
		List<CallExecution> repeated;
		synchronized (this) {
			asked = List.copyOf(this.toAsk);
			repeated = List.copyOf(this.toRepeat);
			this.toAsk.clear();
			this.toRepeat.clear();
		}
		asked.stream()
			.filter((call) -> !call.execution().isDone())
			.collect(Collectors.groupingBy(LostCall::token))
			.forEach((token, calls) -> new OutcomeQuery(token, calls, session, this).send());
		repeated.forEach((execution) -> sendAgain(execution, session));
	}

	/**
	 * Fail what waits and what comes, as there will be no other session.
	 */
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		abandon();
	}

	/**
	 * Fail what waits, as nobody connects.
	 */
	public void abandon() {
		List<CallExecution> waiting;
		synchronized (this) {
			waiting = new ArrayList<>(this.toRepeat);
			this.toAsk.forEach((call) -> waiting.add(call.execution()));
			this.toAsk.clear();
			this.toRepeat.clear();
		}
		waiting.forEach(LostCalls::fail);
	}

	private static void fail(CallExecution execution) {
		execution.completeExceptionally(new ConnectionLostException(
				"the connection was lost before the answer, and the client does not connect again", null));
	}

	/**
	 * Ask for the outcome of a call as soon as possible.
	 * @param call the call
	 */
	void ask(LostCall call) {
		if (add(this.toAsk, call)) {
			resolveUnlessLost(call.session());
		}
		else {
			fail(call.execution());
		}
	}

	/**
	 * Ask for the outcome of a call again, as it was still running.
	 * @param call the call
	 */
	void askLater(LostCall call) {
		CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, this.workers)
			.execute(() -> ask(call));
	}

	/**
	 * Send a call again as soon as possible.
	 * @param execution the call
	 * @param lost the session that was lost, {@code null} for none
	 */
	void repeat(CallExecution execution, @Nullable IrpcSession lost) {
		if (add(this.toRepeat, execution)) {
			resolveUnlessLost(lost);
		}
		else {
			fail(execution);
		}
	}

	private synchronized <T> boolean add(List<T> calls, T call) {
		return !this.closed && calls.add(call);
	}

	PayloadConverter converter() {
		return this.converter;
	}

	Executor workers() {
		return this.workers;
	}

	// the next session may be there before the end of the last one is known
	private void resolveUnlessLost(@Nullable IrpcSession lost) {
		CompletableFuture<IrpcSession> session = this.current.get();
		if (!this.connecting.getAsBoolean()) {
			abandon();
		}
		else if (session.isDone() && !session.isCompletedExceptionally()) {
			IrpcSession now = session.join();
			if (now != lost && !now.whenClosed().isDone()) {
				resolve(now);
			}
		}
	}

	private static void sendAgain(CallExecution execution, IrpcSession session) {
		try {
			execution.sendOn(session);
		}
		catch (RuntimeException ex) {
			execution.completeExceptionally(ex);
		}
	}

}
