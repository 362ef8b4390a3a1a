package io.irpc.event;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import io.irpc.session.IrpcSession;
import io.irpc.session.SessionListener;

/**
 * Ends the subscriptions of sessions that are about to be closed, each behind a whole
 * firing: those that are live behind what was raised until then, the others where they
 * are, as they go on from there elsewhere (protocol §5.2).
 *
 * @since 0.1.0
 */
public final class SubscriptionEnd implements SessionListener {

	private final EventBroadcaster broadcaster;

	private final SubscriptionRegistry subscriptions;

	/**
	 * Create an instance.
	 * @param broadcaster hands events to the subscriptions that are live
	 * @param subscriptions the subscriptions
	 */
	public SubscriptionEnd(EventBroadcaster broadcaster, SubscriptionRegistry subscriptions) {
		this.broadcaster = broadcaster;
		this.subscriptions = subscriptions;
	}

	@Override
	public CompletionStage<Integer> ending(IrpcSession session) {
		// what was handed over is before this on the event loop
		return caughtUp().handleAsync((done, ex) -> this.subscriptions.end(session), session.eventLoop());
	}

	private CompletableFuture<Void> caughtUp() {
		try {
			return this.broadcaster.catchUp();
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.completedFuture(null);
		}
	}

}
