package io.irpc.session;

import java.util.concurrent.TimeUnit;

/**
 * How long tasks take on average. Any thread may read it; what tells it is guarded by
 * whoever owns it.
 */
final class TaskTimes {

	/**
	 * Tasks that take as long on average, in nanoseconds, are worth a thread each.
	 */
	static final long LONG = TimeUnit.MICROSECONDS.toNanos(200);

	/**
	 * What a task counts for at the most, so that some that the system lets wait for a
	 * processor do not make tasks long on average.
	 */
	private static final long MOST = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * How many tasks the average is about.
	 */
	private static final int MEMORY = 64;

	private volatile long average;

	/**
	 * Know how long a task has taken.
	 * @param nanos the time in nanoseconds
	 */
	void took(long nanos) {
		long before = this.average;
		this.average = before + (Math.min(nanos, MOST) - before) / MEMORY;
	}

	boolean areLong() {
		return this.average > LONG;
	}

}
