package io.irpc.event;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what all subscriptions do, those included that have ended. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class SubscriptionCounts {

	private final LongAdder deliveries = new LongAdder();

	private final LongAdder acknowledgements = new LongAdder();

	private final LongAdder fallBacks = new LongAdder();

	private final LongAdder truncations = new LongAdder();

	/**
	 * Return how many events were sent.
	 * @return the number of firings of {@code callback} and signals of {@code monitor}
	 */
	public long deliveries() {
		return this.deliveries.sum();
	}

	/**
	 * Return how many events were acknowledged.
	 * @return the number of firings that were answered without an error
	 */
	public long acknowledgements() {
		return this.acknowledgements.sum();
	}

	/**
	 * Return how often a subscription went back from live delivery to reading the
	 * journal, as its session could take no more.
	 * @return the number
	 */
	public long fallBacks() {
		return this.fallBacks.sum();
	}

	/**
	 * Return how often a subscription was told that events it asked for are gone.
	 * @return the number
	 */
	public long truncations() {
		return this.truncations.sum();
	}

	void delivered(int events) {
		this.deliveries.add(events);
	}

	void acknowledged() {
		this.acknowledgements.increment();
	}

	void fellBack() {
		this.fallBacks.increment();
	}

	void truncated() {
		this.truncations.increment();
	}

}
