package io.irpc.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.LogSafe;
import io.irpc.transport.Batch;
import io.irpc.transport.Leadership;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on as few threads as keep up with them: to wake a thread for each would cost
 * more than most of them. A thread that has begun goes from task to task, and what they
 * send is written for several of them. Where tasks take long on average, each that waits
 * has a thread started for it at once, as with any executor. Where they do not, a watcher
 * starts threads when one task keeps those behind it waiting nevertheless.
 */
final class WorkerRuns {

	/**
	 * How long the tasks of one owner are preferred, in nanoseconds, unless each is worth
	 * a thread.
	 */
	private static final long TURN = TimeUnit.MICROSECONDS.toNanos(100);

	private static final Log logger = LogFactory.getLog(WorkerRuns.class);

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private final Executor threads;

	private final int maxLeaders;

	private final WorkerWatcher watcher;

	private final FairQueue queue = new FairQueue();

	private final Set<WorkerRun> runs = new LinkedHashSet<>();

	private final Runnable engaging = this::engage;

	private final Runnable helping = this::help;

	private int leaders;

	private int unstarted;

	/**
	 * Whether somebody takes tasks, or is about to.
	 */
	private volatile boolean engaged;

	private volatile long lastTaken;

	private final TaskTimes times = new TaskTimes();

	private volatile boolean failing;

	private volatile boolean ended;

	private long taken;

	private long takenIfPrompt;

	/**
	 * Create it without any task.
	 * @param threads starts a thread for each task that it is given
	 * @param maxLeaders how many threads that lead event loops may run tasks besides
	 */
	WorkerRuns(Executor threads, int maxLeaders) {
		this.threads = threads;
		this.maxLeaders = maxLeaders;
		this.watcher = new WorkerWatcher(this::look);
	}

	/**
	 * Run a task.
	 * @param task the task
	 */
	void add(WorkerTask task) {
		this.queue.add(task);
		// without the lock, which those who run tasks want
		Leadership leadership = (isSlow() || WorkerRun.isBusyFor(this)) ? null : Leadership.current();
		if (leadership != null) {
			leadership.afterTurn(this.helping);
			this.watcher.wake();
		}
		else if (!this.engaged || isOverdue()) {
			// for all that the current thread has at hand
			Batch.afterwards(this.engaging);
		}
		else {
			this.watcher.wake();
		}
	}

	// on a thread that leads an event loop, outside of it
	private void help() {
		boolean permitted;
		synchronized (this) {
			permitted = this.leaders < this.maxLeaders && !isSlow();
			if (permitted) {
				this.leaders++;
				this.unstarted++;
				this.engaged = true;
			}
		}
		if (permitted) {
			new WorkerRun(this, Leadership.current()).run();
		}
		else {
			engage();
		}
	}

	/**
	 * Do not run a task.
	 * @param task the task
	 * @return {@code false} if a thread or whoever has stopped its pool has taken it
	 */
	synchronized boolean withdraw(WorkerTask task) {
		return this.queue.withdraw(task);
	}

	private void engage() {
		if (this.engaged && !isOverdue()) {
			return;
		}
		synchronized (this) {
			// a thread may be done with all of it already
			if (this.queue.size() == 0 || this.unstarted > 0 || (hasActive() && !isOverdue())) {
				return;
			}
			this.unstarted++;
			this.engaged = true;
		}
		start();
	}

	// who takes quick tasks and does not go on may wait for a processor: the watcher sees
	private boolean isOverdue() {
		return isSlow() && System.nanoTime() - this.lastTaken > TaskTimes.LONG;
	}

	private boolean isSlow() {
		return this.times.areLong();
	}

	/**
	 * Take back what waits.
	 * @param owner whose tasks
	 * @return the tasks, which are not run any more
	 */
	synchronized List<WorkerTask> takeBack(Object owner) {
		return this.queue.removeAll(owner);
	}

	/**
	 * Run no more tasks of a pool, and interrupt those that run.
	 * @param pool the pool
	 * @return the tasks that have not begun, which are not run any more
	 */
	synchronized List<WorkerTask> stop(Object pool) {
		this.runs.forEach((run) -> run.interrupt(pool));
		return this.queue.removeAllOf(pool);
	}

	private void start() {
		try {
			this.threads.execute(() -> new WorkerRun(this, null).run());
		}
		catch (RejectedExecutionException ex) {
			// whoever has ended the threads has taken the tasks back
			this.ended = true;
			started(null);
		}
		catch (RuntimeException | Error ex) {
			// such as no memory for another thread: the watcher tries again
			started(null);
			notStarted(ex);
			this.watcher.wake();
		}
	}

	private void notStarted(Throwable failure) {
		if (!this.failing) {
			this.failing = true;
			logger.error("Cannot start a thread, trying again: memory or the limit of threads may be used up",
					LogSafe.failure(failure));
		}
	}

	/**
	 * Know that a thread has begun.
	 * @param run its run, {@code null} if it could not be started
	 */
	synchronized void started(@Nullable WorkerRun run) {
		this.unstarted--;
		if (run != null) {
			this.failing = false;
			this.runs.add(run);
		}
	}

	/**
	 * Take the next task.
	 * @param run who takes it
	 * @return the task, {@code null} if the run is to end
	 */
	@Nullable Runnable next(WorkerRun run) {
		boolean missing;
		WorkerTask task;
		synchronized (this) {
			long now = System.nanoTime();
			taskEnded(run, now);
			boolean over = run.isOver(now) && this.queue.size() > 0;
			task = over ? null : poll(run, now);
			if (task == null) {
				end(run, over);
				return null;
			}
			this.taken++;
			this.lastTaken = now;
			run.begun(now, task.pool(), this.queue.size() > 0);
			missing = run.hasMore() && this.unstarted == 0 && isSlow();
			this.unstarted += missing ? 1 : 0;
		}
		if (missing) {
			start();
		}
		if (run.hasMore() || run.leadership() != null) {
			this.watcher.wake();
		}
		return task.action();
	}

	/**
	 * Know that the task of a run has ended, if it has one. To be called on its thread.
	 * @param run the run
	 */
	synchronized void taskEnded(WorkerRun run) {
		taskEnded(run, System.nanoTime());
	}

	private void taskEnded(WorkerRun run, long now) {
		// meant for the task that has ended
		Thread.interrupted();
		if (run.isBusy()) {
			this.times.took(now - run.since());
			run.ended();
		}
	}

	private void end(WorkerRun run, boolean over) {
		this.runs.remove(run);
		Leadership leadership = run.leadership();
		if (leadership != null) {
			this.leaders--;
		}
		if (leadership != null && over) {
			this.engaged = this.unstarted > 0 || hasActive();
			leadership.afterTurn(this.helping);
		}
	}

	private boolean hasActive() {
		return hasOtherActive(null);
	}

	// who has a task that takes long is not to be counted upon
	private boolean hasOtherActive(@Nullable WorkerRun run) {
		for (WorkerRun other : this.runs) {
			if (other != run && !other.isLate()) {
				return true;
			}
		}
		return false;
	}

	private @Nullable WorkerTask poll(WorkerRun run, long now) {
		long turn = isSlow() ? 0 : TURN;
		WorkerTask task = this.queue.poll(now, turn);
		if (task == null && this.unstarted == 0 && !hasOtherActive(run)) {
			this.engaged = false;
			// who has added one meanwhile may have relied on this run
			task = this.queue.poll(now, turn);
			this.engaged = task != null;
		}
		return task;
	}

	private boolean look() {
		List<Batch> held = new ArrayList<>();
		List<Runnable> replacements = new ArrayList<>();
		int missing;
		boolean waiting;
		synchronized (this) {
			for (WorkerRun run : this.runs) {
				held.add(run.batch());
				Runnable replacement = run.replacement();
				if (replacement != null) {
					replacements.add(replacement);
				}
			}
			missing = missing();
			this.unstarted += missing;
			waiting = this.queue.size() > 0 && !this.ended;
		}
		held.forEach(Batch::flush);
		replacements.forEach(this::replace);
		for (int i = 0; i < missing; i++) {
			start();
		}
		return waiting || !held.isEmpty() || missing > 0;
	}

	private void replace(Runnable replacement) {
		try {
			replacement.run();
		}
		catch (RuntimeException | Error ex) {
			notStarted(ex);
		}
	}

	private int missing() {
		int waiting = this.queue.size();
		boolean late = this.taken < this.takenIfPrompt;
		this.takenIfPrompt = this.taken + waiting;
		if (waiting == 0 || this.unstarted > 0 || this.ended) {
			return 0;
		}
		boolean some = !this.runs.isEmpty();
		if (some && this.runs.stream().allMatch(WorkerRun::isWaiting)) {
			return waiting;
		}
		// one at a time, as more threads make those wait longer that wait for a processor
		long active = this.runs.stream().filter(WorkerRun::isActive).count();
		return ((some && active == 0) || (late && active < PROCESSORS)) ? 1 : 0;
	}

}
