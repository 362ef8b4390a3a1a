package io.irpc.session;

import java.util.concurrent.TimeUnit;

/**
 * How long tasks take on average. Safe for use by any thread.
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
	 * Return what a task counts for.
	 * @param nanos how long it has taken, in nanoseconds
	 * @return the nanoseconds to be told
	 */
	static long bounded(long nanos) {
		return Math.min(nanos, MOST);
	}

	/**
	 * Know how long some tasks have taken. One of several threads that tell it at the
	 * same time may go unheard.
	 * @param nanos the {@link #bounded} times of all, in nanoseconds
	 * @param tasks how many, fewer than {@value #MEMORY}
	 */
	void took(long nanos, int tasks) {
		long before = this.average;
		this.average = before + (nanos - tasks * before) / MEMORY;
	}

	boolean areLong() {
		return this.average > LONG;
	}

}
