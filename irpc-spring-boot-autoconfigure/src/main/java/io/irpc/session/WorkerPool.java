package io.irpc.session;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads that run the application's code for one server or client. It lives from
 * their start to their stop, as executors of the application refuse work as soon as the
 * application begins to shut down. The threads are daemons.
 *
 * @since 0.1.0
 */
public final class WorkerPool implements Executor {

	private final Supplier<Threads> factory;

	private final FairQueue waiting = new FairQueue();

	private volatile @Nullable Threads threads;

	private WorkerPool(Supplier<Threads> factory) {
		this.factory = factory;
	}

	/**
	 * Create a pool that has a virtual thread for each task.
	 * @param threadNamePrefix what the names of the threads begin with
	 * @return the pool, not started
	 */
	public static WorkerPool ofVirtualThreads(String threadNamePrefix) {
		return new WorkerPool(() -> {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(threadNamePrefix);
			executor.setVirtualThreads(true);
			executor.setCancelRemainingTasksOnClose(true);
			return new Threads(executor, executor::close);
		});
	}

	/**
	 * Create a pool that is bounded.
	 * @param threadNamePrefix what the names of the threads begin with
	 * @param maxThreads how many threads at the most
	 * @return the pool, not started
	 */
	public static WorkerPool ofPlatformThreads(String threadNamePrefix, int maxThreads) {
		return new WorkerPool(() -> {
			CustomizableThreadFactory threads = new CustomizableThreadFactory(threadNamePrefix);
			threads.setDaemon(true);
			ThreadPoolExecutor executor = new ThreadPoolExecutor(maxThreads, maxThreads, 1, TimeUnit.MINUTES,
					new LinkedBlockingQueue<>(), threads);
			executor.allowCoreThreadTimeOut(true);
			return new Threads(executor, executor::shutdownNow);
		});
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
	void execute(Object owner, Runnable task) {
		Threads current = this.threads;
		if (current == null) {
			throw new RejectedExecutionException("The threads are not started, or stopped");
		}
		this.waiting.add(owner, task);
		try {
			current.executor().execute(this::runNext);
		}
		catch (RuntimeException ex) {
			this.waiting.remove(owner, task);
			throw ex;
		}
	}

	/**
	 * Take back what waits.
	 * @param owner whose tasks
	 * @return the tasks, which this pool does not run any more
	 */
	List<Runnable> takeBack(Object owner) {
		return this.waiting.removeAll(owner);
	}

	private void runNext() {
		Runnable task = this.waiting.poll();
		if (task != null) {
			task.run();
		}
	}

	/**
	 * Take tasks from now on.
	 */
	public void start() {
		this.threads = this.factory.get();
	}

	/**
	 * Take no more tasks, and interrupt those that run.
	 */
	public void stop() {
		Threads current = this.threads;
		this.threads = null;
		if (current != null) {
			current.close().run();
			this.waiting.clear();
		}
	}

	private record Threads(Executor executor, Runnable close) {

	}

}
