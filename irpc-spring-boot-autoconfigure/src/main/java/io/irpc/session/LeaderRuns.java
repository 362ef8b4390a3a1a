package io.irpc.session;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;

import io.irpc.transport.Leadership;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks that the thread leading an event loop has for itself, outside of the
 * loop, which spares them the way to another thread. What would have to wait there is
 * left to the threads of a pool: what is behind a task that takes long, and everything
 * where tasks take long on average.
 */
final class LeaderRuns extends WorkerRuns {

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private final PoolRuns pool;

	private final Semaphore permits;

	private final WorkerWatcher watcher;

	private final Runnable working = this::work;

	/**
	 * Create it without any task.
	 * @param pool runs what the leader does not
	 * @param times how long tasks take, here and elsewhere
	 * @param permits of which a leader that runs tasks has one
	 * @param watcher looks after the leader while there are tasks
	 */
	LeaderRuns(PoolRuns pool, TaskTimes times, Semaphore permits, WorkerWatcher watcher) {
		super(times);
		this.pool = pool;
		this.permits = permits;
		this.watcher = watcher;
	}

	/**
	 * Run a task after the turn of the loop, or after the one that the current thread
	 * runs.
	 * @param task the task
	 * @param leadership that of the current thread
	 * @return {@code false} if the current thread is to run tasks of others before
	 */
	boolean add(WorkerTask task, Leadership leadership) {
		WorkerRuns current = WorkerRun.currentRuns();
		if (current != null && current != this) {
			return false;
		}
		enqueue(task);
		if (current == null) {
			leadership.afterTurn(this.working);
		}
		this.watcher.wake();
		return true;
	}

	private void work() {
		Leadership leadership = Objects.requireNonNull(Leadership.current());
		if (isSlow() || !this.permits.tryAcquire()) {
			passOn();
			return;
		}
		try {
			new LeaderRun(this, leadership).run();
		}
		finally {
			this.permits.release();
		}
		if (hasTasks()) {
			leadership.afterTurn(this.working);
		}
	}

	private synchronized boolean hasTasks() {
		return waiting() > 0;
	}

	@Override
	synchronized @Nullable Runnable next(WorkerRun run) {
		long now = System.nanoTime();
		taskEnded(run, now);
		Runnable task = (run.isOver(now) || isSlow()) ? null : poll(run, now);
		if (task == null) {
			ended(run);
		}
		return task;
	}

	/**
	 * Leave to the pool what waits.
	 */
	void passOn() {
		synchronized (this) {
			passOn(this.pool);
		}
		this.pool.engage();
	}

	/**
	 * Have another thread lead the loop, and others do what waits, where a task takes
	 * long.
	 * @param busy how many threads are at work, here and elsewhere
	 * @return {@code true} if there is more to look after
	 */
	boolean look(int busy) {
		List<Runnable> replacements;
		boolean stuck;
		boolean more;
		synchronized (this) {
			replacements = replacements();
			// whoever leads now may be about to take it
			stuck = isBehind() && (count(WorkerRun::isActive) == 0 || busy < PROCESSORS);
			more = count() > 0 || waiting() > 0;
		}
		flush();
		replacements.forEach(this::replace);
		if (stuck) {
			passOn();
		}
		return more;
	}

	private void replace(Runnable replacement) {
		try {
			replacement.run();
		}
		catch (RuntimeException | Error ex) {
			this.pool.notStarted(ex);
		}
	}

}
