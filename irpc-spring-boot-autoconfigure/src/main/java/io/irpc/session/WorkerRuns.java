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

import io.irpc.transport.Batch;
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
	 * A task that takes as long, in nanoseconds, is not expected to end soon. One whose
	 * thread the system lets wait for a processor does not seem to take as long.
	 */
	private static final long TOO_LONG = TimeUnit.MILLISECONDS.toNanos(5);

	/**
	 * What a task counts for at the most, so that some that the system lets wait for a
	 * processor do not make tasks long on average.
	 */
	private static final long MOST = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * How many tasks the average is about.
	 */
	private static final int MEMORY = 64;

	/**
	 * After how many tasks what they send is written although more wait, so that both
	 * ends of a connection work at the same time.
	 */
	private static final int FLUSH_INTERVAL = 16;

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private static final ThreadLocal<@Nullable WorkerRuns> current = new ThreadLocal<>();

	private final Executor threads;

	private final WorkerWatcher watcher;

	private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>();

	private final FairQueue queue = new FairQueue();

	private final Set<Run> runs = new LinkedHashSet<>();

	private int unstarted;

	/**
	 * Whether somebody takes tasks, or is about to.
	 */
	private volatile boolean engaged;

	private volatile long lastTaken;

	private volatile long averageTime;

	private volatile boolean stopped;

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
			engage();
		}
		else {
			this.watcher.wake();
		}
	}

	private void engage() {
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
		return current.get() == this;
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
	 */
	synchronized void stop() {
		this.stopped = true;
	}

	private void start() {
		try {
			this.threads.execute(() -> new Run().run());
		}
		catch (RejectedExecutionException ex) {
			// whoever stops the threads has the tasks
			started(null);
		}
	}

	private synchronized void started(@Nullable Run run) {
		this.unstarted--;
		if (run != null) {
			this.runs.add(run);
		}
	}

	private @Nullable Runnable next(Run run) {
		boolean missing;
		Runnable task;
		synchronized (this) {
			long now = System.nanoTime();
			if (run.busy) {
				this.averageTime += (Math.min(now - run.since, MOST) - this.averageTime) / MEMORY;
			}
			task = this.stopped ? null : poll();
			if (task == null) {
				this.runs.remove(run);
				return null;
			}
			this.taken++;
			this.lastTaken = now;
			run.begun(now, this.queue.size() > 0);
			missing = run.more && this.unstarted == 0 && isSlow();
			this.unstarted += missing ? 1 : 0;
		}
		if (missing) {
			start();
		}
		if (run.more) {
			this.watcher.wake();
		}
		return task;
	}

	private @Nullable Runnable poll() {
		queueArrived();
		Runnable task = this.queue.poll();
		if (task == null && this.runs.size() == 1 && this.unstarted == 0) {
			this.engaged = false;
			// who has added one meanwhile may have relied on this run
			queueArrived();
			task = this.queue.poll();
			this.engaged = task != null;
		}
		return task;
	}

	private void queueArrived() {
		for (Arrival next = this.arriving.poll(); next != null; next = this.arriving.poll()) {
			this.queue.add(next.owner(), next.task());
		}
	}

	private boolean look() {
		List<Batch> held = new ArrayList<>();
		int missing;
		synchronized (this) {
			this.runs.forEach((run) -> held.add(run.batch));
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
		if (this.runs.stream().allMatch(Run::isWaiting)) {
			return waiting;
		}
		// one at a time, as more threads make those wait longer that wait for a processor
		long active = this.runs.stream().filter(Run::isActive).count();
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

	/**
	 * A thread that goes from task to task.
	 */
	private final class Run {

		private final Thread thread = Thread.currentThread();

		private final Batch batch = Batch.current();

		private long since = System.nanoTime();

		private boolean busy;

		private boolean more;

		void run() {
			started(this);
			current.set(WorkerRuns.this);
			int done = 0;
			for (Runnable task = next(this); task != null; task = next(this)) {
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
			// it was meant for the task that has ended
			Thread.interrupted();
		}

		void begun(long now, boolean newMore) {
			this.busy = true;
			this.since = now;
			this.more = newMore;
		}

		// who waits for a processor is running, and so is who reads from a socket
		boolean isWaiting() {
			Thread.State state = this.thread.getState();
			return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
		}

		boolean isActive() {
			return !isWaiting() && System.nanoTime() - this.since < TOO_LONG;
		}

	}

}
