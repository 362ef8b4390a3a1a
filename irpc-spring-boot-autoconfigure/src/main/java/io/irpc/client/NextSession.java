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

	private @Nullable CompletableFuture<IrpcSession> outcome;

	private boolean told;

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
		if (this.told && this.outcome != null) {
			return this.outcome;
		}
		CompletableFuture<IrpcSession> future = new CompletableFuture<>();
		this.waiting.add(future);
		return future;
	}

	synchronized boolean isDecided() {
		return this.outcome != null;
	}

	void complete(IrpcSession session) {
		decide(CompletableFuture.completedFuture(session));
	}

	void completeExceptionally(Throwable failure) {
		decide(CompletableFuture.failedFuture(failure));
	}

	private void decide(CompletableFuture<IrpcSession> newOutcome) {
		synchronized (this) {
			if (this.outcome != null) {
				return;
			}
			this.outcome = newOutcome;
		}
		for (CompletableFuture<IrpcSession> next = next(); next != null; next = next()) {
			CompletableFuture<IrpcSession> future = next;
			newOutcome.whenComplete((session, ex) -> {
				if (ex != null) {
					future.completeExceptionally(ex);
				}
				else {
					future.complete(session);
				}
			});
		}
	}

	private synchronized @Nullable CompletableFuture<IrpcSession> next() {
		CompletableFuture<IrpcSession> next = this.waiting.poll();
		this.told = next == null;
		return next;
	}

}
