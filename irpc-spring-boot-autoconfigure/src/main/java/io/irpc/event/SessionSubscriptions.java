package io.irpc.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.irpc.journal.Position;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one session. Confined to its event loop, except for
 * {@link #broadcast} and {@link #figures}.
 */
final class SessionSubscriptions {

	private static final int MAX_QUEUED = 16;

	private static final int MAX_SUBSCRIPTIONS = 64;

	private final IrpcSession session;

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	private final AtomicInteger queued = new AtomicInteger();

	private boolean closed;

	private volatile Position missed = Position.START;

	SessionSubscriptions(IrpcSession session) {
		this.session = session;
	}

	/**
	 * Hand new entries to the event loop, unless it is so far behind that they would pile
	 * up: then they are read from the journal when it gets there. Called by the
	 * broadcaster alone.
	 * @param batch the entries
	 */
	void broadcast(EventBatch batch) {
		if (this.queued.get() >= MAX_QUEUED) {
			this.missed = batch.newest();
			if (this.queued.get() > 0) {
				// what is queued begins after this, and so will see it
				return;
			}
		}
		this.queued.incrementAndGet();
		this.session.eventLoop().execute(() -> deliver(batch));
	}

	/**
	 * Add a subscription unless there is one by its key.
	 * @param added the subscription
	 * @throws LimitException if the session has too many
	 */
	void addIfAbsent(Subscription added) {
		if (find(added.key()) == null) {
			add(added);
		}
		else {
			added.end();
		}
	}

	/**
	 * Add a subscription in the place of the one by its key.
	 * @param added the subscription
	 * @throws LimitException if the session has too many
	 */
	void replace(Subscription added) {
		Subscription replaced = find(added.key());
		if (replaced != null) {
			replaced.discard();
			this.subscriptions.remove(replaced);
		}
		add(added);
	}

	private void add(Subscription added) {
		if (this.closed) {
			added.end();
			throw new IrpcException(ErrorCode.UNAVAILABLE, "The session is closed");
		}
		if (this.subscriptions.size() >= MAX_SUBSCRIPTIONS) {
			added.end();
			throw new LimitException(Limit.SUBSCRIPTIONS,
					"Too many subscriptions on this session (expected: <= " + MAX_SUBSCRIPTIONS + ")");
		}
		this.subscriptions.add(added);
	}

	/**
	 * Find a subscription that has not ended.
	 * @param key what it is known by
	 * @return the subscription, {@code null} if there is none
	 */
	@Nullable Subscription find(SubscriptionKey key) {
		this.subscriptions.removeIf(Subscription::isEnded);
		return this.subscriptions.stream()
			.filter((subscription) -> subscription.key().equals(key))
			.findFirst()
			.orElse(null);
	}

	List<Subscription> all() {
		this.subscriptions.removeIf(Subscription::isEnded);
		return List.copyOf(this.subscriptions);
	}

	/**
	 * Return how the subscriptions are doing. Called on any thread.
	 * @return the figures of those that have not ended
	 */
	Stream<SubscriptionFigures> figures() {
		return this.subscriptions.stream().filter((subscription) -> !subscription.isEnded()).map(Subscription::figures);
	}

	void remove(Predicate<Subscription> which) {
		this.subscriptions.stream().filter(which).forEach(Subscription::end);
		this.subscriptions.removeIf(Subscription::isEnded);
	}

	/**
	 * End all subscriptions, those too that come later.
	 */
	void close() {
		this.closed = true;
		remove((subscription) -> true);
	}

	void resume() {
		this.subscriptions.forEach(Subscription::resume);
	}

	private void deliver(EventBatch batch) {
		this.queued.decrementAndGet();
		this.subscriptions.forEach((subscription) -> subscription.deliver(batch));
		if (this.missed.isAfter(batch.newest())) {
			this.subscriptions.forEach((subscription) -> subscription.miss(this.missed));
		}
		this.session.flush();
	}

}
