package io.irpc.benchmark.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what subscribers get. They share a counter of bursts only, as one of events
 * would cost as much as a delivery.
 */
final class Deliveries {

	private final int subscribers;

	private final int burst;

	private final Runnable everywhere;

	private final AtomicLong bursts = new AtomicLong();

	/**
	 * Create an instance that has counted nothing.
	 * @param subscribers how many subscribers there are
	 * @param burst how many events a burst has
	 * @param everywhere told as often as a burst has got to as many subscribers as there
	 * are
	 */
	Deliveries(int subscribers, int burst, Runnable everywhere) {
		this.subscribers = subscribers;
		this.burst = burst;
		this.everywhere = everywhere;
	}

	/**
	 * Count what one more subscriber gets.
	 * @return told of its events, one after the other
	 */
	Runnable subscriber() {
		return new Runnable() {

			private int events;

			@Override
			public void run() {
				if (++this.events == Deliveries.this.burst) {
					this.events = 0;
					count(Deliveries.this.bursts.incrementAndGet());
				}
			}

		};
	}

	private void count(long all) {
		if (all % this.subscribers == 0) {
			this.everywhere.run();
		}
	}

	/**
	 * Return how many events subscribers have got, to whole bursts of each.
	 * @return the number of deliveries
	 */
	long count() {
		return this.bursts.get() * this.burst;
	}

	/**
	 * Wait until all has been delivered.
	 * @param raised how many bursts have been raised
	 * @throws InterruptedException if interrupted
	 */
	void await(long raised) throws InterruptedException {
		long expected = raised * this.subscribers;
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (this.bursts.get() < expected && System.nanoTime() < end) {
			Thread.sleep(10);
		}
		if (this.bursts.get() != expected) {
			throw new IllegalStateException("Delivered: " + this.bursts + " bursts (expected: " + expected + ")");
		}
	}

}
