package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.irpc.payload.PayloadConverter;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that outlives sessions: it is made again on each of them.
 */
final class ClientSubscription implements EventSubscription {

	private final SubscriptionSource source;

	private final PayloadConverter converter;

	private final Executor executor;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private CompletableFuture<Void> active = new CompletableFuture<>();

	private @Nullable IrpcSession session;

	private @Nullable SessionPart part;

	private boolean closed;

	/**
	 * Create a subscription that is on no session yet.
	 * @param source makes its parts
	 * @param converter reads errors
	 * @param executor completes {@link #whenActive()}
	 */
	ClientSubscription(SubscriptionSource source, PayloadConverter converter, Executor executor) {
		this.source = source;
		this.converter = converter;
		this.executor = executor;
	}

	@Override
	public String event() {
		return this.source.event();
	}

	@Override
	public synchronized CompletableFuture<Void> whenActive() {
		return this.active.copy();
	}

	@Override
	public synchronized boolean isReplayable() {
		return this.part != null && this.part.isReplayable();
	}

	SubscriptionSource source() {
		return this.source;
	}

	/**
	 * Return the part of a session.
	 * @param wanted the session
	 * @return the part, {@code null} if this is not its session
	 */
	synchronized @Nullable SessionPart part(IrpcSession wanted) {
		return (this.session == wanted) ? this.part : null;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return the end of the subscription.
	 * @return completed when it is closed and the server knows it, or there is no session
	 */
	CompletionStage<Void> whenEnded() {
		return this.ended;
	}

	/**
	 * Subscribe on a session, once.
	 * @param current the session
	 */
	void subscribe(IrpcSession current) {
		SessionPart previous;
		SessionPart added;
		synchronized (this) {
			if (this.closed || this.session == current) {
				return;
			}
			if (this.active.isDone()) {
				this.active = new CompletableFuture<>();
			}
			added = this.source.on(current,
					new Activation(this.source.event(), this.active, this.converter, this.executor));
			previous = this.part;
			this.session = current;
			this.part = added;
		}
		// a session that the server asks to leave may still deliver
		if (previous != null) {
			previous.end();
		}
		added.start();
	}

	@Override
	public void close() {
		SessionPart last;
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			last = this.part;
		}
		if (last == null) {
			this.ended.complete(null);
		}
		else {
			last.end().thenRun(() -> this.ended.complete(null));
		}
		this.source.close();
	}

	@Override
	public CompletableFuture<Void> forget() {
		close();
		return this.ended.thenCompose((nothing) -> this.source.forget());
	}

}
