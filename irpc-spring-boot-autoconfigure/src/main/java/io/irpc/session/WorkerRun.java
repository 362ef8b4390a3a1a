package io.irpc.session;

import java.util.concurrent.TimeUnit;

import io.irpc.transport.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A thread that goes from task to task. What others see of it is guarded by the
 * {@link WorkerRuns} that it belongs to.
 */
class WorkerRun {

	/**
	 * A task that takes as long, in nanoseconds, is not to keep others waiting.
	 */
	private static final long LATE = TimeUnit.MICROSECONDS.toNanos(500);

	/**
	 * A task that takes as long, in nanoseconds, is not expected to end soon. One whose
	 * thread the system lets wait for a processor does not seem to take as long.
	 */
	private static final long TOO_LONG = TimeUnit.MILLISECONDS.toNanos(5);

	/**
	 * After how many tasks it tells how long they take.
	 */
	private static final int TELL_INTERVAL = 32;

	private static final ThreadLocal<@Nullable WorkerRun> current = new ThreadLocal<>();

	private final WorkerRuns runs;

	private final Thread thread = Thread.currentThread();

	private final Batch batch = Batch.current();

	private long since = System.nanoTime();

	private long spent;

	private int done;

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
	 * Know that the current thread is going to wait.
	 */
	static void beforeWaiting() {
		WorkerRun run = current.get();
		if (run != null) {
			run.waits();
		}
	}

	/**
	 * Return whose tasks the current thread runs, before anything else.
	 * @return the tasks, {@code null} if it runs none
	 */
	static @Nullable WorkerRuns currentRuns() {
		WorkerRun run = current.get();
		return (run != null) ? run.runs : null;
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
	final void run() {
		this.runs.started(this);
		current.set(this);
		try {
			long now = this.since;
			for (Runnable task = this.runs.next(this, now); task != null; task = this.runs.next(this, now)) {
				if (this.more) {
					this.batch.open();
				}
				run(task);
				now = System.nanoTime();
				if (this.batch.isDue(now)) {
					// what belongs to the task is not for those who are written to
					this.runs.endTask(this, now);
					flush();
					now = System.nanoTime();
					this.batch.begin(now);
				}
			}
		}
		finally {
			current.remove();
			this.runs.ended(this);
			this.batch.close();
		}
	}

	/**
	 * Write what tasks have sent.
	 */
	void flush() {
		this.batch.flush();
	}

	/**
	 * Know that its task is going to wait. Called by its thread.
	 */
	void waits() {
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			tell(ex);
		}
	}

	private static void tell(Throwable failure) {
		Thread thread = Thread.currentThread();
		try {
			thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
		}
		catch (Throwable ex) {
			// as at the end of a thread, which this is not
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

	/**
	 * Know that the task has ended, if there is one.
	 * @param now when, as {@link System#nanoTime}
	 * @param times to be told how long tasks take
	 */
	final void taskEnded(long now, TaskTimes times) {
		if (this.pool != null) {
			this.pool = null;
			this.spent += TaskTimes.bounded(now - this.since);
			this.done++;
		}
		if (this.done >= TELL_INTERVAL || this.spent >= TaskTimes.LONG) {
			tell(times);
		}
	}

	/**
	 * Tell how long the tasks have taken that nobody knows of yet.
	 * @param times to be told
	 */
	final void tell(TaskTimes times) {
		times.took(this.spent, this.done);
		this.spent = 0;
		this.done = 0;
	}

	/**
	 * Return whether the task takes so long that others are not to wait for its end.
	 * @return {@code true} if it does
	 */
	boolean isLate() {
		return this.pool != null && System.nanoTime() - this.since > LATE;
	}

	boolean hasMore() {
		return this.more;
	}

	long since() {
		return this.since;
	}

	/**
	 * Return whether something else is to have its turn before the next task.
	 * @param now when, as {@link System#nanoTime}
	 * @return {@code true} if the run is to end
	 */
	boolean isOver(long now) {
		return false;
	}

	/**
	 * Return what makes up for a task that takes long.
	 * @return what to do without the lock, {@code null} if there is nothing
	 */
	@Nullable Runnable replacement() {
		return null;
	}

	/**
	 * Return what has to leave although the task takes long, as it may for as long as the
	 * task does.
	 * @return what to close without the lock, {@code null} if the task does not take long
	 */
	@Nullable Batch heldUp() {
		return isLate() ? this.batch : null;
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
