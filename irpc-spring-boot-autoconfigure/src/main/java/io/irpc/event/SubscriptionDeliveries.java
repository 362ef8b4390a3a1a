package io.irpc.event;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.event.Selection.Selected;

/**
 * Counts what a subscription has sent, and lets it be seen. Used on the event loop of its
 * session, but for {@link #count()}.
 */
final class SubscriptionDeliveries {

	private final SubscriptionEnvironment environment;

	private final DeliveryObserver.Deliveries observer;

	private final AtomicLong count = new AtomicLong();

	/**
	 * Create it for a subscription that has sent nothing.
	 * @param environment what the subscription works with
	 * @param event the name of its event
	 */
	SubscriptionDeliveries(SubscriptionEnvironment environment, String event) {
		this.environment = environment;
		this.observer = environment.observer().of(event);
	}

	/**
	 * Return how many events were sent. Called on any thread.
	 * @return their number
	 */
	long count() {
		return this.count.get();
	}

	/**
	 * Know of events that have just been sent together.
	 * @param events the events, perhaps none
	 * @param live whether they have just come, and were not read from the journal
	 */
	void sent(List<Selected> events, boolean live) {
		if (events.isEmpty()) {
			return;
		}
		this.count.addAndGet(events.size());
		this.environment.counts().delivered(events.size());
		Instant now = this.environment.clock().instant();
		for (Selected event : events) {
			if (live) {
				this.observer.live(event.entry().time(), now);
			}
			else {
				this.observer.replayed(event.entry().time(), now);
			}
		}
	}

}
