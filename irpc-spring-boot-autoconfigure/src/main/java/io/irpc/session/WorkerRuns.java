package io.irpc.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

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
final class WorkerRuns {

	/**
	 * Tasks that take as long on average, in nanoseconds, are worth a thread each.
	 */
	private static final long LONG = TimeUnit.MICROSECONDS.toNanos(200);

	/**
	 * What a task counts for at the most, so that some that the system lets wait for a
	 * processor do not make tasks long on average.
	 */
	private static final long MOST = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * How long the tasks of one owner are preferred, in nanoseconds, unless each is worth
	 * a thread.
	 */
	private static final long TURN = TimeUnit.MICROSECONDS.toNanos(100);

	/**
	 * How many tasks the average is about.
	 */
	private static final int MEMORY = 64;

	private static final Log logger = LogFactory.getLog(WorkerRuns.class);

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private final Executor threads;

	private final WorkerWatcher watcher;

	private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>();

	private final FairQueue queue = new FairQueue();

	private final Set<WorkerRun> runs = new LinkedHashSet<>();

	private final Runnable engaging = this::engage;

	private int unstarted;

	/**
	 * Whether somebody takes tasks, or is about to.
	 */
	private volatile boolean engaged;

	private volatile long lastTaken;

	private volatile long averageTime;

	private volatile boolean stopped;

	private volatile boolean failing;

	private long taken;

	private long takenIfPrompt;

	/**
	 * Create it without any task.
	 * @param threads starts a thread for each task that it is given
	 */
	WorkerRuns(Executor threads) {
		this.threads = threads;
		this.watcher = new WorkerWatcher(this::look);
	}

	/**
	 * Run a task.
	 * @param owner its owner
	 * @param task the task
	 * @throws RejectedExecutionException if no tasks are run any more
	 */
	void add(Object owner, Runnable task) {
		Arrival arrival = new Arrival(owner, task);
		this.arriving.add(arrival);
		if (this.stopped && this.arriving.remove(arrival)) {
			throw new RejectedExecutionException("The threads are stopped");
		}
		// without the lock, which those who run tasks want
		if (!this.engaged || isOverdue()) {
			// for all that the current thread has at hand
			Batch.afterwards(this.engaging);
		}
		else {
			this.watcher.wake();
		}
	}

	private void engage() {
		if (this.engaged && !isOverdue()) {
			return;
		}
		synchronized (this) {
			if (this.stopped || this.unstarted > 0 || (!this.runs.isEmpty() && !isOverdue())) {
				return;
			}
			this.unstarted++;
			this.engaged = true;
		}
		start();
	}

	// who takes quick tasks and does not go on may wait for a processor: the watcher sees
	private boolean isOverdue() {
		return isSlow() && System.nanoTime() - this.lastTaken > LONG;
	}

	private boolean isSlow() {
		return this.averageTime > LONG;
	}

	/**
	 * Return whether the current thread runs a task.
	 * @return {@code true} inside of a task
	 */
	boolean isWithin() {
		return WorkerRun.isOf(this);
	}

	/**
	 * Take back what waits.
	 * @param owner whose tasks
	 * @return the tasks, which are not run any more
	 */
	synchronized List<Runnable> takeBack(Object owner) {
		queueArrived();
		return this.queue.removeAll(owner);
	}

	/**
	 * Run no more tasks.
	 * @param owner whose tasks to take back
	 * @return the tasks, which are not run any more
	 */
	synchronized List<Runnable> stop(Object owner) {
		this.stopped = true;
		// what has arrived since then is here, or whoever brings it sees that it is late
		moveArrived();
		return this.queue.removeAll(owner);
	}

	private void start() {
		try {
			this.threads.execute(() -> new WorkerRun(this).run());
		}
		catch (RejectedExecutionException ex) {
			// whoever stops the threads has the tasks
			started(null);
		}
		catch (RuntimeException | Error ex) {
			// such as no memory for another thread: the watcher tries again
			started(null);
			if (!this.failing) {
				this.failing = true;
				logger.error("Cannot start a thread, trying again: memory or the limit of threads may be used up",
						LogSafe.failure(ex));
			}
			this.watcher.wake();
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
		Runnable task;
		synchronized (this) {
			long now = System.nanoTime();
			if (run.isBusy()) {
				this.averageTime += (Math.min(now - run.since(), MOST) - this.averageTime) / MEMORY;
			}
			task = this.stopped ? null : poll(now);
			if (task == null) {
				this.runs.remove(run);
				return null;
			}
			this.taken++;
			this.lastTaken = now;
			run.begun(now, this.queue.size() > 0);
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

	private @Nullable Runnable poll(long now) {
		long turn = isSlow() ? 0 : TURN;
		queueArrived();
		Runnable task = this.queue.poll(now, turn);
		if (task == null && this.runs.size() == 1 && this.unstarted == 0) {
			this.engaged = false;
			// who has added one meanwhile may have relied on this run
			queueArrived();
			task = this.queue.poll(now, turn);
			this.engaged = task != null;
		}
		return task;
	}

	private void queueArrived() {
		if (!this.stopped) {
			moveArrived();
		}
	}

	private void moveArrived() {
		for (Arrival next = this.arriving.poll(); next != null; next = this.arriving.poll()) {
			this.queue.add(next.owner(), next.task());
		}
	}

	private boolean look() {
		List<Batch> held = new ArrayList<>();
		int missing;
		synchronized (this) {
			this.runs.forEach((run) -> held.add(run.batch()));
			missing = missing();
			this.unstarted += missing;
		}
		held.forEach(Batch::flush);
		for (int i = 0; i < missing; i++) {
			start();
		}
		return !held.isEmpty() || missing > 0;
	}

	private int missing() {
		queueArrived();
		int waiting = this.queue.size();
		boolean late = this.taken < this.takenIfPrompt;
		this.takenIfPrompt = this.taken + waiting;
		if (waiting == 0 || this.unstarted > 0 || this.stopped) {
			return 0;
		}
		if (this.runs.stream().allMatch(WorkerRun::isWaiting)) {
			return waiting;
		}
		// one at a time, as more threads make those wait longer that wait for a processor
		long active = this.runs.stream().filter(WorkerRun::isActive).count();
		return (active == 0 || (late && active < PROCESSORS)) ? 1 : 0;
	}

	/**
	 * A task that nobody has looked at.
	 *
	 * @param owner its owner
	 * @param task the task
	 */
	private record Arrival(Object owner, Runnable task) {

	}

}
