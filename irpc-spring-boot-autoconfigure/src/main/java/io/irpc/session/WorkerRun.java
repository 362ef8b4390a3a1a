package io.irpc.session;

import java.util.concurrent.TimeUnit;

import io.irpc.transport.Batch;
import io.irpc.transport.Leadership;
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

	/**
	 * After how long, in nanoseconds, a thread that leads an event loop lets sockets have
	 * their turn.
	 */
	private static final long TURN = TimeUnit.MICROSECONDS.toNanos(200);

	private static final ThreadLocal<@Nullable WorkerRun> current = new ThreadLocal<>();

	private final WorkerRuns runs;

	private final @Nullable Leadership leadership;

	private final Thread thread = Thread.currentThread();

	private final Batch batch = Batch.current();

	private final long beginning = System.nanoTime();

	private long since = this.beginning;

	private volatile long replacedFor;

	private @Nullable Object pool;

	private boolean more;

	/**
	 * Create the run of the current thread.
	 * @param runs whose tasks it runs
	 * @param leadership the leadership of the thread that is to be given up where it
	 * would keep an event loop waiting, {@code null} for a thread that only runs tasks
	 */
	WorkerRun(WorkerRuns runs, @Nullable Leadership leadership) {
		this.runs = runs;
		this.leadership = leadership;
	}

	/**
	 * Know that the current thread is going to wait.
	 */
	static void beforeWaiting() {
		WorkerRun run = current.get();
		Leadership leadership = (run != null) ? run.leadership : null;
		if (run != null && leadership != null) {
			try {
				run.replace(leadership, run.since);
			}
			catch (OutOfMemoryError ex) {
				// no thread can be started now: the watcher tries again
			}
		}
	}

	/**
	 * Return whether the current thread runs tasks of others.
	 * @param others whose tasks it would run
	 * @return {@code true} if it does not go on with those before it is done
	 */
	static boolean isBusyFor(WorkerRuns others) {
		WorkerRun run = current.get();
		return run != null && run.runs != others;
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
		try {
			int done = 0;
			for (Runnable task = this.runs.next(this); task != null; task = this.runs.next(this)) {
				if (this.more) {
					this.batch.open();
				}
				run(task);
				if (++done % FLUSH_INTERVAL == 0) {
					flush();
				}
			}
		}
		finally {
			current.remove();
			this.batch.close();
		}
	}

	private void flush() {
		// what belongs to the task is not for the event loop
		this.runs.taskEnded(this);
		this.batch.flush();
		if (this.leadership != null) {
			this.leadership.runLoopTasks();
		}
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
	 * Know that the task has ended.
	 */
	void ended() {
		this.pool = null;
	}

	boolean isBusy() {
		return this.pool != null;
	}

	/**
	 * Return whether the task takes so long that others are not to wait for its end.
	 * @return {@code true} if it does
	 */
	boolean isLate() {
		return isBusy() && System.nanoTime() - this.since > WorkerWatcher.TICK;
	}

	boolean hasMore() {
		return this.more;
	}

	long since() {
		return this.since;
	}

	@Nullable Leadership leadership() {
		return this.leadership;
	}

	// then it is the sockets' turn
	boolean isOver(long now) {
		return this.leadership != null && now - this.beginning >= TURN;
	}

	/**
	 * Return what has another thread lead the event loop that waits for the task.
	 * @return what to do, {@code null} if the task does not take long or it is done
	 */
	@Nullable Runnable replacement() {
		Leadership mine = this.leadership;
		long task = this.since;
		if (mine == null || this.replacedFor == task || !isLate()) {
			return null;
		}
		return () -> replace(mine, task);
	}

	private void replace(Leadership mine, long task) {
		mine.handOver();
		this.replacedFor = task;
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
