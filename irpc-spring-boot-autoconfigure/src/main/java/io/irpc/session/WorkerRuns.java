package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import io.irpc.transport.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for one of some threads, and the threads that go from one task to the
 * next. A subclass says which threads these are.
 */
abstract class WorkerRuns {

	/**
	 * How long the tasks of one owner are preferred, in nanoseconds, unless each is worth
	 * a thread.
	 */
	private static final long TURN = 100_000;

	private final TaskTimes times;

	private final FairQueue queue = new FairQueue();

	private final List<WorkerRun> runs = new ArrayList<>();

	private long taken;

	private long takenIfPrompt;

	/**
	 * Create it without any task.
	 * @param times how long tasks take, here and elsewhere
	 */
	WorkerRuns(TaskTimes times) {
		this.times = times;
	}

	/**
	 * Take the next task, as the one before has ended.
	 * @param run who takes it
	 * @param now when, as {@link System#nanoTime}
	 * @return the task, {@code null} if the run is to end
	 */
	abstract @Nullable Runnable next(WorkerRun run, long now);

	/**
	 * Have a task wait. Safe for use by any thread.
	 * @param task the task
	 */
	final void enqueue(WorkerTask task) {
		this.queue.add(task);
	}

	/**
	 * Do not run a task.
	 * @param task the task
	 * @return {@code false} if it does not wait here, or not any more
	 */
	final synchronized boolean withdraw(WorkerTask task) {
		return this.queue.withdraw(task);
	}

	/**
	 * Take back what waits.
	 * @param owner whose tasks
	 * @return the tasks, which are not run any more
	 */
	final synchronized List<WorkerTask> takeBack(Object owner) {
		return this.queue.removeAll(owner);
	}

	/**
	 * Run no more tasks of a pool, and interrupt those that run.
	 * @param pool the pool
	 * @return the tasks that have not begun, which are not run any more
	 */
	final synchronized List<WorkerTask> stop(Object pool) {
		this.runs.forEach((run) -> run.interrupt(pool));
		return this.queue.removeAllOf(pool);
	}

	/**
	 * Know that a thread has begun.
	 * @param run its run
	 */
	synchronized void started(WorkerRun run) {
		this.runs.add(run);
	}

	/**
	 * Know that the task of a run has ended. To be called on its thread.
	 * @param run the run
	 * @param now when, as {@link System#nanoTime}
	 */
	final synchronized void endTask(WorkerRun run, long now) {
		taskEnded(run, now);
	}

	/**
	 * Know that the task of a run has ended, if it has one. To be called on its thread,
	 * with the lock.
	 * @param run the run
	 * @param now when, as {@link System#nanoTime}
	 */
	final void taskEnded(WorkerRun run, long now) {
		// meant for the task that has ended
		Thread.interrupted();
		run.taskEnded(now, this.times);
	}

	/**
	 * Take the next task of the owner whose turn it is. To be called with the lock.
	 * @param run who takes it
	 * @param now when, as {@link System#nanoTime}
	 * @return the task, {@code null} if none waits
	 */
	final @Nullable Runnable poll(WorkerRun run, long now) {
		WorkerTask task = this.queue.poll(now, isSlow() ? 0 : TURN);
		if (task == null) {
			return null;
		}
		this.taken++;
		run.begun(now, task.pool(), this.queue.size() > 0);
		return task.action();
	}

	/**
	 * Pass on all that waits. To be called with the lock.
	 * @param others whose threads are to run it
	 */
	final void passOn(WorkerRuns others) {
		for (WorkerTask task = this.queue.poll(0, 0); task != null; task = this.queue.poll(0, 0)) {
			this.taken++;
			others.enqueue(task);
		}
	}

	/**
	 * Know that a thread does not go on, unless that is known.
	 * @param run its run
	 */
	final synchronized void ended(WorkerRun run) {
		run.tell(this.times);
		this.runs.remove(run);
	}

	/**
	 * Return how many tasks wait. To be called with the lock.
	 * @return their number
	 */
	final int waiting() {
		return this.queue.size();
	}

	/**
	 * Return whether fewer tasks were taken since the last look than waited then. To be
	 * called with the lock, at each look.
	 * @return {@code true} if tasks have to wait
	 */
	final boolean isBehind() {
		boolean behind = this.taken < this.takenIfPrompt;
		this.takenIfPrompt = this.taken + waiting();
		return behind;
	}

	/**
	 * Return how many threads are as asked. To be called with the lock.
	 * @param condition what is asked
	 * @return their number
	 */
	final int count(Predicate<WorkerRun> condition) {
		int count = 0;
		for (WorkerRun run : this.runs) {
			count += condition.test(run) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Return how many threads run tasks. To be called with the lock.
	 * @return their number
	 */
	final int count() {
		return this.runs.size();
	}

	/**
	 * Return what makes up for tasks that take long. To be called with the lock.
	 * @return what to do without it
	 */
	final List<Runnable> replacements() {
		return this.runs.stream().map(WorkerRun::replacement).filter(Objects::nonNull).toList();
	}

	/**
	 * Return how many threads are at work.
	 * @return their number
	 */
	final synchronized int active() {
		return count(WorkerRun::isActive);
	}

	/**
	 * Return whether something may have to be made up for soon. To be called with the
	 * lock.
	 * @return {@code false} if nothing waits, and what takes long has been looked after
	 */
	final boolean isUnsettled() {
		return waiting() > 0 || count(WorkerRun::isLate) < count();
	}

	/**
	 * Return what tasks that take long hold up. To be called with the lock.
	 * @return what to close without it
	 */
	final List<Batch> heldUp() {
		return this.runs.stream().map(WorkerRun::heldUp).filter(Objects::nonNull).toList();
	}

	/**
	 * Return whether tasks take so long that each is worth a thread.
	 * @return {@code true} if they do
	 */
	final boolean isSlow() {
		return this.times.areLong();
	}

}
