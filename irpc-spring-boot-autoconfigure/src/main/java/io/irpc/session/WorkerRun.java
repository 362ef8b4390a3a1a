package io.irpc.session;

import java.util.concurrent.TimeUnit;

import io.irpc.transport.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A thread that goes from task to task. What others see of it is guarded by the
 * {@link WorkerRuns} that it belongs to.
 */
final class WorkerRun {

	/**
	 * A task that takes as long, in nanoseconds, is not expected to end soon. One whose
	 * thread the system lets wait for a processor does not seem to take as long.
	 */
	private static final long TOO_LONG = TimeUnit.MILLISECONDS.toNanos(5);

	/**
	 * After how many tasks what they send is written although more wait, so that both
	 * ends of a connection work at the same time.
	 */
	private static final int FLUSH_INTERVAL = 16;

	private static final ThreadLocal<@Nullable WorkerRun> current = new ThreadLocal<>();

	private final WorkerRuns runs;

	private final Thread thread = Thread.currentThread();

	private final Batch batch = Batch.current();

	private long since = System.nanoTime();

	private @Nullable Object pool;

	private boolean more;

	/**
	 * Create the run of the current thread.
	 * @param runs whose tasks it runs
	 */
	WorkerRun(WorkerRuns runs) {
		this.runs = runs;
	}

	/**
	 * Return whether the current thread runs a task.
	 * @param pool what the task was given to
	 * @return {@code true} inside of a task of the pool
	 */
	static boolean isWithin(Object pool) {
		WorkerRun run = current.get();
		return run != null && run.pool == pool;
	}

	/**
	 * Run tasks until none is left.
	 */
	void run() {
		this.runs.started(this);
		current.set(this);
		int done = 0;
		for (Runnable task = this.runs.next(this); task != null; task = this.runs.next(this)) {
			if (this.more) {
				this.batch.open();
			}
			run(task);
			if (++done % FLUSH_INTERVAL == 0) {
				this.batch.flush();
			}
		}
		current.remove();
		this.batch.close();
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
		}
	}

	/**
	 * Know that a task is about to be run.
	 * @param now when, as {@link System#nanoTime}
	 * @param newPool what the task was given to
	 * @param newMore whether others wait behind it
	 */
	void begun(long now, Object newPool, boolean newMore) {
		this.pool = newPool;
		this.since = now;
		this.more = newMore;
	}

	boolean isBusy() {
		return this.pool != null;
	}

	boolean hasMore() {
		return this.more;
	}

	long since() {
		return this.since;
	}

	Batch batch() {
		return this.batch;
	}

	/**
	 * Interrupt the task that runs, unless it was given to another pool.
	 * @param poolToEnd whose task to interrupt
	 */
	void interrupt(Object poolToEnd) {
		// whoever ends the pool may do so in a task of it
		if (this.pool == poolToEnd && this.thread != Thread.currentThread()) {
			this.thread.interrupt();
		}
	}

	boolean isWaiting() {
		Thread.State state = this.thread.getState();
		return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
	}

	// who waits for a processor is running, and so is who reads from a socket
	boolean isActive() {
		return !isWaiting() && System.nanoTime() - this.since < TOO_LONG;
	}

}
