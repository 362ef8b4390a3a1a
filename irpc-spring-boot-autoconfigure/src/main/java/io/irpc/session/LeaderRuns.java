package io.irpc.session;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;

import io.irpc.transport.Batch;
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

	private final Leadership first;

	private final Runnable working = this::work;

	/**
	 * Create it without any task.
	 * @param leadership that of any thread that leads the loop
	 * @param pool runs what the leader does not
	 * @param times how long tasks take, here and elsewhere
	 * @param permits of which a leader that runs tasks has one
	 * @param watcher looks after the leader while there are tasks
	 */
	LeaderRuns(Leadership leadership, PoolRuns pool, TaskTimes times, Semaphore permits, WorkerWatcher watcher) {
		super(times);
		this.first = leadership;
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
		if (leadership.isLost()) {
			passOn();
		}
		else if (hasTasks()) {
			leadership.afterTurn(this.working);
		}
	}

	/**
	 * Return whether it will not be used any more.
	 * @return {@code true} if its event loop has ended and nothing is left
	 */
	synchronized boolean isOver() {
		return this.first.isLoopEnded() && count() == 0 && waiting() == 0;
	}

	private synchronized boolean hasTasks() {
		return waiting() > 0;
	}

	@Override
	@Nullable Runnable next(WorkerRun run, long now) {
		Runnable task;
		synchronized (this) {
			taskEnded(run, now);
			task = (run.isOver(now) || isSlow()) ? null : poll(run, now);
			if (task == null) {
				ended(run);
				return null;
			}
		}
		this.watcher.wake();
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
		List<Batch> heldUp;
		List<Runnable> replacements;
		boolean stuck;
		boolean more;
		synchronized (this) {
			heldUp = heldUp();
			replacements = replacements();
			// whoever leads now may be about to take it
			stuck = isBehind() && (count(WorkerRun::isActive) == 0 || busy < PROCESSORS);
			more = isUnsettled() || !replacements.isEmpty();
		}
		heldUp.forEach(Batch::close);
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
