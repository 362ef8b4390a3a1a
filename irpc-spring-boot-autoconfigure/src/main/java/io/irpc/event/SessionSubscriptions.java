package io.irpc.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.session.IrpcSession;

/**
 * The subscriptions of one session. Confined to its event loop, except for
 * {@link #broadcast}.
 */
final class SessionSubscriptions {

	private static final int MAX_QUEUED = 16;

	private static final int MAX_SUBSCRIPTIONS = 64;

	private final IrpcSession session;

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final AtomicInteger queued = new AtomicInteger();

	private volatile Position missed = Position.START;

	SessionSubscriptions(IrpcSession session) {
		this.session = session;
	}

	/**
	 * Hand new entries to the event loop, unless it is so far behind that they would pile
	 * up: then they are read from the journal when it gets there. Called by the
	 * broadcaster alone.
	 * @param entries the entries, in order
	 */
	void broadcast(List<JournalEntry> entries) {
		if (this.queued.get() >= MAX_QUEUED) {
			this.missed = entries.get(entries.size() - 1).position();
			if (this.queued.get() > 0) {
				// what is queued begins after this, and so will see it
				return;
			}
		}
		this.queued.incrementAndGet();
		this.session.eventLoop().execute(() -> deliver(entries));
	}

	/**
	 * Add a subscription. The same one a second time changes nothing.
	 * @param added the subscription
	 * @throws LimitException if the session has too many
	 */
	void add(Subscription added) {
		this.subscriptions.removeIf(Subscription::isEnded);
		if (this.subscriptions.stream()
			.anyMatch((one) -> one.id().equals(added.id()) && one.event().equals(added.event()))) {
			added.end();
			return;
		}
		if (this.subscriptions.size() >= MAX_SUBSCRIPTIONS) {
			throw new LimitException(Limit.SUBSCRIPTIONS,
					"Too many subscriptions on this session (expected: <= " + MAX_SUBSCRIPTIONS + ")");
		}
		this.subscriptions.add(added);
	}

	void remove(Predicate<Subscription> which) {
		this.subscriptions.stream().filter(which).forEach(Subscription::end);
		this.subscriptions.removeIf(which);
	}

	void resume() {
		this.subscriptions.forEach(Subscription::resume);
	}

	private void deliver(List<JournalEntry> entries) {
		this.queued.decrementAndGet();
		this.subscriptions.forEach((subscription) -> subscription.deliver(entries));
		if (this.missed.isAfter(entries.get(entries.size() - 1).position())) {
			this.subscriptions.forEach((subscription) -> subscription.miss(this.missed));
		}
	}

}
