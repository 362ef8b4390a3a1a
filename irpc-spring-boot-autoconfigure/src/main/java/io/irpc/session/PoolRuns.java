package io.irpc.session;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.protocol.LogSafe;
import io.irpc.transport.Batch;
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
final class PoolRuns extends WorkerRuns {

	private static final Log logger = LogFactory.getLog(PoolRuns.class);

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private final Executor threads;

	private final WorkerWatcher watcher;

	private final Runnable engaging = this::engage;

	private int unstarted;

	/**
	 * Whether somebody takes tasks, or is about to.
	 */
	private volatile boolean engaged;

	private volatile long lastTaken;

	private volatile boolean failing;

	private volatile boolean ended;

	/**
	 * Create it without any task.
	 * @param threads starts a thread for each task that it is given
	 * @param times how long tasks take, here and elsewhere
	 * @param watcher looks after the threads while there are any
	 */
	PoolRuns(Executor threads, TaskTimes times, WorkerWatcher watcher) {
		super(times);
		this.threads = threads;
		this.watcher = watcher;
	}

	/**
	 * Run a task.
	 * @param task the task
	 */
	void add(WorkerTask task) {
		enqueue(task);
		// without the lock, which those who run tasks want
		if (!this.engaged || isOverdue()) {
			// for all that the current thread has at hand
			Batch.afterwards(this.engaging);
		}
		else {
			this.watcher.wake();
		}
	}

	/**
	 * See to it that a thread takes what waits.
	 */
	void engage() {
		if (this.engaged && !isOverdue()) {
			return;
		}
		synchronized (this) {
			// a thread may be done with all of it already
			if (waiting() == 0 || this.unstarted > 0 || (hasOtherActive(null) && !isOverdue())) {
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

	private void start() {
		Start start = new Start();
		try {
			this.threads.execute(start);
		}
		catch (RejectedExecutionException ex) {
			// whoever has ended the threads has taken the tasks back
			this.ended = true;
			start.failed();
		}
		catch (RuntimeException | Error ex) {
			// such as no memory for another thread: the watcher tries again
			start.failed();
			notStarted(ex);
			this.watcher.wake();
		}
	}

	/**
	 * Know that a thread could not be started, which is tried again.
	 * @param failure why
	 */
	void notStarted(Throwable failure) {
		if (!this.failing) {
			this.failing = true;
			logger.error("Cannot start a thread, trying again: memory or the limit of threads may be used up",
					LogSafe.failure(failure));
		}
	}

	@Override
	synchronized void started(WorkerRun run) {
		super.started(run);
		this.unstarted--;
		this.failing = false;
	}

	@Override
	@Nullable Runnable next(WorkerRun run, long now) {
		boolean missing;
		Runnable task;
		synchronized (this) {
			taskEnded(run, now);
			task = pollOrRest(run, now);
			if (task == null) {
				ended(run);
				return null;
			}
			this.lastTaken = now;
			missing = run.hasMore() && this.unstarted == 0 && isSlow();
			this.unstarted += missing ? 1 : 0;
		}
		if (missing) {
			start();
		}
		if (run.hasMore()) {
			this.watcher.wake();
		}
		return task;
	}

	private @Nullable Runnable pollOrRest(WorkerRun run, long now) {
		Runnable task = poll(run, now);
		if (task == null && this.unstarted == 0 && !hasOtherActive(run)) {
			this.engaged = false;
			// who has added one meanwhile may have relied on this run
			task = poll(run, now);
			this.engaged = task != null;
		}
		return task;
	}

	// who has a task that takes long is not to be counted upon
	private boolean hasOtherActive(@Nullable WorkerRun run) {
		return count((other) -> other != run && !other.isLate()) > 0;
	}

	/**
	 * Have more threads run what waits for others that take long.
	 * @param busy how many threads are at work, here and elsewhere
	 * @return {@code true} if there is more to look after
	 */
	boolean look(int busy) {
		List<Batch> heldUp;
		int missing;
		boolean more;
		synchronized (this) {
			heldUp = heldUp();
			missing = missing(busy);
			this.unstarted += missing;
			more = missing > 0 || (isUnsettled() && !this.ended);
		}
		heldUp.forEach(Batch::close);
		for (int i = 0; i < missing; i++) {
			start();
		}
		return more;
	}

	private int missing(int busy) {
		int waiting = waiting();
		boolean behind = isBehind();
		if (waiting == 0 || this.unstarted > 0 || this.ended) {
			return 0;
		}
		int all = count();
		if (all > 0 && count(WorkerRun::isWaiting) == all) {
			return waiting;
		}
		// one at a time, as more threads make those wait longer that wait for a processor
		return (count(WorkerRun::isActive) == 0 || (behind && busy < PROCESSORS)) ? 1 : 0;
	}

	/**
	 * The start of a thread. One that fails may happen later nevertheless, as an executor
	 * may keep what it has no thread for.
	 */
	private final class Start implements Runnable {

		private final AtomicBoolean over = new AtomicBoolean();

		@Override
		public void run() {
			if (this.over.compareAndSet(false, true)) {
				new WorkerRun(PoolRuns.this).run();
			}
		}

		void failed() {
			synchronized (PoolRuns.this) {
				if (this.over.compareAndSet(false, true)) {
					PoolRuns.this.unstarted--;
				}
			}
		}

	}

}
