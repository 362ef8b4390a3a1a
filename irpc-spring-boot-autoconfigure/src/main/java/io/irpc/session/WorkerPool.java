package io.irpc.session;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.irpc.transport.Batch;
import io.irpc.transport.ClientThreads;
import io.irpc.transport.SharedResource;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The threads that run the application's code for one server or client, which others may
 * share. It lives from their start to their stop, as executors of the application refuse
 * work as soon as the application begins to shut down. The threads are daemons. Tasks
 * that a thread gives it which leads an event loop are run by that thread itself, outside
 * of the loop, unless tasks take long.
 *
 * @since 0.1.0
 */
public final class WorkerPool implements Executor {

	/**
	 * How many threads may wait for futures beside those that run.
	 */
	private static final int MAX_WAITING = 256;

	/**
	 * How many threads that lead event loops may run tasks where the others are virtual.
	 */
	private static final int MAX_LEADERS = 64;

	private final Supplier<Threads> factory;

	private final SharedResource<Threads> shared;

	private volatile @Nullable Threads threads;

	private WorkerPool(Supplier<Threads> factory, SharedResource<Threads> shared) {
		this.factory = factory;
		this.shared = shared;
	}

	private static WorkerPool of(Supplier<Threads> factory) {
		return new WorkerPool(factory, new SharedResource<>(factory, Threads::end));
	}

	/**
	 * Create a pool of virtual threads, as many as its tasks need.
	 * @param threadNamePrefix what the names of the threads begin with
	 * @return the pool, not started
	 */
	public static WorkerPool ofVirtualThreads(String threadNamePrefix) {
		return of(() -> {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(threadNamePrefix);
			executor.setVirtualThreads(true);
			return new Threads(new Workers(executor, MAX_LEADERS), executor::close);
		});
	}

	/**
	 * Create a pool that is bounded. A thread that waits for a future, such as the answer
	 * of a call, lets another one run meanwhile: the task that would complete the future
	 * may have to wait for a thread itself.
	 * @param threadNamePrefix what the names of the threads begin with
	 * @param maxThreads how many threads at the most, without {@value #MAX_WAITING} that
	 * may wait; a quarter may lead event loops, or have done so
	 * @return the pool, not started
	 */
	public static WorkerPool ofPlatformThreads(String threadNamePrefix, int maxThreads) {
		return of(() -> {
			int leaders = maxThreads / 4;
			int others = maxThreads - leaders;
			BoundedThreads executor = new BoundedThreads(new WorkerThreads(threadNamePrefix), others, MAX_WAITING);
			return new Threads(new Workers(executor, leaders), executor::end);
		});
	}

	/**
	 * Create a pool that uses the same threads as this one, which end with the last of
	 * them.
	 * @return the pool, not started
	 */
	public WorkerPool sharing() {
		return new WorkerPool(this.factory, this.shared);
	}

	/**
	 * Run a task.
	 * @param task the task, which may block
	 * @throws RejectedExecutionException if the pool does not run
	 */
	@Override
	public void execute(Runnable task) {
		execute(this, task);
	}

	/**
	 * Run a task. Where tasks have to wait, one of each owner is run in turn.
	 * @param owner whose task it is
	 * @param task the task, which may block
	 * @throws RejectedExecutionException if the pool does not run
	 */
	@SuppressWarnings("ReferenceEquality")
	void execute(Object owner, Runnable task) {
		Threads current = this.threads;
		if (current == null) {
			throw new RejectedExecutionException("The threads are not started, or stopped");
		}
		WorkerTask added = new WorkerTask(this, owner, task);
		current.workers().add(added);
		if (this.threads != current && current.workers().withdraw(added)) {
			throw new RejectedExecutionException("The threads are stopped");
		}
	}

	/**
	 * Run a task that completes what somebody waits for, even if the pool is stopped:
	 * then on the current thread, unless answers to others wait for that.
	 * @param task the task, which may block
	 */
	public void complete(Runnable task) {
		try {
			execute(task);
		}
		catch (RejectedExecutionException stopped) {
			if (mayWait()) {
				task.run();
			}
			else {
				completeLate(task);
			}
		}
	}

	private void completeLate(Runnable task) {
		Threads last = this.shared.acquire();
		last.workers().add(new WorkerTask(this, this, () -> {
			try {
				task.run();
			}
			finally {
				this.shared.release();
			}
		}));
	}

	/**
	 * Run a task on the current thread, which reads what peers send. What such tasks send
	 * is written together, but does not wait for long.
	 * @param task the task, which must not block
	 */
	public static void completeHere(Runnable task) {
		task.run();
		Batch.oneDone();
	}

	/**
	 * Return whether the current thread may wait for the answer of a call.
	 * @return {@code false} if it has to read answers itself
	 */
	public static boolean mayWait() {
		return !ClientThreads.isCurrent();
	}

	/**
	 * Know that the current thread is about to send what it waits for the answer to.
	 * @throws IllegalStateException if it has to read answers itself
	 */
	public static void requireMayWait() {
		ClientThreads.requireOther();
	}

	/**
	 * Let what the current thread has sent leave, as it is going to wait for the answer.
	 * @throws IllegalStateException if it has to read the answer itself
	 */
	public static void beforeWaiting() {
		requireMayWait();
		Batch.beforeWaiting();
		WorkerRun.beforeWaiting();
	}

	/**
	 * Return whether the current thread runs a task of this pool.
	 * @return {@code true} if it may block
	 */
	public boolean isWithin() {
		return WorkerRun.isWithin(this);
	}

	/**
	 * Take back what waits.
	 * @param owner whose tasks
	 * @return the tasks, which this pool does not run any more
	 */
	List<WorkerTask> takeBack(Object owner) {
		Threads current = this.threads;
		return (current != null) ? current.workers().takeBack(owner) : List.of();
	}

	/**
	 * Take tasks from now on.
	 */
	public synchronized void start() {
		if (this.threads == null) {
			this.threads = this.shared.acquire();
		}
	}

	/**
	 * Take no more tasks, and interrupt those that run. Tasks of owners do not run any
	 * more; the others still do, on threads that last until then, as they complete what
	 * somebody may wait for.
	 */
	public synchronized void stop() {
		Threads current = this.threads;
		this.threads = null;
		if (current == null) {
			return;
		}
		current.workers()
			.stop(this)
			.stream()
			.filter((task) -> task.owner() == this)
			.map(WorkerTask::action)
			.forEach(this::completeLate);
		this.shared.release();
	}

	/**
	 * Threads.
	 *
	 * @param workers run tasks on as few of them as keep up
	 * @param ending takes no more tasks
	 */
	private record Threads(Workers workers, Runnable ending) {

		void end() {
			this.ending.run();
		}

	}

}
