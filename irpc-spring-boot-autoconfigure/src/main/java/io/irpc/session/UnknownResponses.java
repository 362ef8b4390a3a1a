package io.irpc.session;

import java.time.Duration;

/**
 * Counts the responses that answer nothing; few are dropped, too many end the session
 * (protocol §2 and §8).
 */
final class UnknownResponses {

	private static final int LIMIT = 1000;

	private static final long SPAN = Duration.ofSeconds(10).toNanos();

	private long spanStart;

	private int count;

	/**
	 * Count one.
	 * @param now the time in nanoseconds
	 * @return whether the limit is exceeded
	 */
	boolean add(long now) {
		if (this.count == 0 || now - this.spanStart > SPAN) {
			this.spanStart = now;
			this.count = 0;
		}
		return ++this.count > LIMIT;
	}

}
