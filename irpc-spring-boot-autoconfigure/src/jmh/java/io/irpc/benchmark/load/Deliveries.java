package io.irpc.benchmark.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;

/**
 * Counts what subscribers get. They share a counter of bursts only, as one of events
 * would cost as much as a delivery.
 */
final class Deliveries implements Load {

	private final int subscribers;

	private final int burst;

	private final Runnable everywhere;

	private final AtomicLong bursts = new AtomicLong();

	private volatile boolean stopped;

	/**
	 * Create an instance that has counted nothing.
	 * @param workload tells how many subscribers there are, and events of a burst
	 * @param everywhere told in a turn as often as a burst has got to as many subscribers
	 * as there are
	 */
	Deliveries(Workload workload, Runnable everywhere) {
		this.subscribers = workload.connections();
		this.burst = workload.inFlight();
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
		if (all % this.subscribers == 0 && !this.stopped) {
			this.everywhere.run();
		}
	}

	@Override
	public void start() {
		this.stopped = false;
	}

	@Override
	public void stop(long raised) {
		this.stopped = true;
		Awaitility.await()
			.alias("deliveries of " + raised + " bursts to " + this.subscribers)
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(1))
			.untilAtomic(this.bursts, Matchers.equalTo(raised * this.subscribers));
	}

	@Override
	public long count() {
		return this.bursts.get() * this.burst;
	}

	/**
	 * Return nothing: nobody knows when an event was raised.
	 * @return an empty histogram
	 */
	@Override
	public Histogram latencies() {
		return new Histogram(3);
	}

}
