package io.irpc.benchmark.load;

import org.HdrHistogram.Histogram;

/**
 * What a client does in its turns.
 */
interface Load {

	/**
	 * Begin.
	 */
	void start();

	/**
	 * Begin nothing more, and wait for what is under way.
	 * @param bursts how many bursts of events have been raised since the first turn
	 * @throws InterruptedException if interrupted
	 * @throws IllegalStateException if a call has failed, an answer was wrong or an event
	 * is missing
	 */
	void stop(long bursts) throws InterruptedException;

	/**
	 * Return how many calls or events there have been.
	 * @return the number since the first turn
	 */
	long count();

	/**
	 * Return how long calls have taken since this was asked before.
	 * @return times in nanoseconds
	 */
	Histogram latencies();

}
