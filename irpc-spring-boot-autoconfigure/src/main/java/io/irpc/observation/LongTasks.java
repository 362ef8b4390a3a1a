package io.irpc.observation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Starts the long task timers of tasks that take long, and only of these: to have a timer
 * keep a quick task in order among others costs more than the task, and threads get in
 * each other's way there. Safe for use by many threads.
 */
final class LongTasks implements AutoCloseable {

	/**
	 * What takes as long as this is counted.
	 */
	static final Duration LONG = Duration.ofMillis(100);

	private static final int LANE_BITS = 4;

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final Clock clock;

	// tasks that different threads begin are mostly in different ones
	private final Lane[] lanes = new Lane[1 << LANE_BITS];

	private volatile boolean closed;

	/**
	 * Create it without any task.
	 * @param clock tells how long tasks take
	 */
	LongTasks(Clock clock) {
		this.clock = clock;
		for (int i = 0; i < this.lanes.length; i++) {
			this.lanes[i] = new Lane();
		}
	}

	/**
	 * Look after the tasks from now on, on a thread of its own.
	 */
	void start() {
		this.scheduler.setDaemon(true);
		this.scheduler.setThreadNamePrefix("irpc-long-tasks-");
		this.scheduler.initialize();
		this.scheduler.scheduleWithFixedDelay(this::look, LONG);
	}

	/**
	 * Look no more, nor count what begins.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.scheduler.shutdown();
	}

	/**
	 * Look after a task until it has ended.
	 * @param task the task, which begins
	 */
	void add(Measurement task) {
		// what nobody looks after would be kept
		if (!this.closed) {
			int hash = Long.hashCode(Thread.currentThread().getId()) * 0x9E3779B9;
			this.lanes[hash >>> (Integer.SIZE - LANE_BITS)].add(task);
		}
	}

	/**
	 * Count the tasks that have become long.
	 */
	void look() {
		long latest = this.clock.monotonicTime() - LONG.toNanos();
		for (Lane lane : this.lanes) {
			// without its lock, which those who begin tasks want
			for (Measurement task = lane.poll(latest); task != null; task = lane.poll(latest)) {
				task.count();
			}
		}
	}

	/**
	 * Tasks in the order of their beginning. Those that have ended leave it when a later
	 * one begins: who ends a task has no lock to wait for.
	 */
	private static final class Lane {

		private final Deque<Measurement> tasks = new ArrayDeque<>();

		synchronized void add(Measurement task) {
			trim();
			this.tasks.add(task);
		}

		synchronized @Nullable Measurement poll(long latest) {
			Measurement oldest = trim();
			return (oldest != null && oldest.start() - latest <= 0) ? this.tasks.remove() : null;
		}

		private @Nullable Measurement trim() {
			Measurement oldest = this.tasks.peek();
			while (oldest != null && oldest.hasEnded()) {
				this.tasks.remove();
				oldest = this.tasks.peek();
			}
			return oldest;
		}

	}

}
