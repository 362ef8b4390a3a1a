package io.irpc.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * A session that may still have to come. Those who wait for it are told in the order in
 * which they came, and before those who come later: a future begins with the last one.
 * Safe for use by many threads.
 */
final class NextSession {

	private final Queue<CompletableFuture<IrpcSession>> waiting = new ArrayDeque<>();

	private boolean decided;

	/**
	 * What those get who come when all others are told.
	 */
	private @Nullable CompletableFuture<IrpcSession> outcome;

	/**
	 * Return one that will never come.
	 * @param failure why
	 * @return one that nobody waits for
	 */
	static NextSession never(Throwable failure) {
		NextSession next = new NextSession();
		next.decide(CompletableFuture.failedFuture(failure));
		return next;
	}

	/**
	 * Wait for the session.
	 * @return completed with it, or with why it does not come, by the thread that decides
	 */
	synchronized CompletableFuture<IrpcSession> future() {
		if (this.outcome != null) {
			return this.outcome;
		}
		CompletableFuture<IrpcSession> future = new CompletableFuture<>();
		this.waiting.add(future);
		return future;
	}

	synchronized boolean isDecided() {
		return this.decided;
	}

	void complete(IrpcSession session) {
		decide(CompletableFuture.completedFuture(session));
	}

	void completeExceptionally(Throwable failure) {
		decide(CompletableFuture.failedFuture(failure));
	}

	private void decide(CompletableFuture<IrpcSession> decision) {
		synchronized (this) {
			if (this.decided) {
				return;
			}
			this.decided = true;
		}
		for (CompletableFuture<IrpcSession> next = next(decision); next != null; next = next(decision)) {
			CompletableFuture<IrpcSession> future = next;
			decision.whenComplete((session, ex) -> {
				if (ex != null) {
					future.completeExceptionally(ex);
				}
				else {
					future.complete(session);
				}
			});
		}
	}

	private synchronized @Nullable CompletableFuture<IrpcSession> next(CompletableFuture<IrpcSession> decision) {
		CompletableFuture<IrpcSession> next = this.waiting.poll();
		if (next == null) {
			this.outcome = decision;
		}
		return next;
	}

}
