package io.irpc.session;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads whose number is bounded, but for those that wait for futures: the task
 * that would complete the future may have to wait for a thread itself.
 */
final class BoundedThreads implements Executor {

	private final ForkJoinWorkerThreadFactory factory;

	private final int max;

	private final int maxWaiting;

	private volatile ForkJoinPool pool;

	/**
	 * Create it without any thread.
	 * @param factory makes the threads
	 * @param max how many threads at the most
	 * @param maxWaiting how many more while as many wait for futures
	 */
	BoundedThreads(ForkJoinWorkerThreadFactory factory, int max, int maxWaiting) {
		this.factory = factory;
		this.max = max;
		this.maxWaiting = maxWaiting;
		this.pool = newPool();
	}

	private ForkJoinPool newPool() {
		return new ForkJoinPool(this.max, this.factory, null, true, this.max, this.max + this.maxWaiting, this.max,
				(saturated) -> true, 1, TimeUnit.MINUTES);
	}

	/**
	 * Run a task on a thread.
	 * @param task the task
	 * @throws RejectedExecutionException if the threads have ended
	 * @throws OutOfMemoryError if a thread cannot be started; the task may be run
	 * nevertheless
	 */
	@Override
	public void execute(Runnable task) {
		ForkJoinPool current = this.pool;
		try {
			current.execute(task);
		}
		catch (RejectedExecutionException ex) {
			if (current == this.pool) {
				throw ex;
			}
			execute(task);
		}
		catch (RuntimeException | Error ex) {
			replace(current);
			throw ex;
		}
	}

	// one that has tasks without a thread starts none for those that come behind them
	private synchronized void replace(ForkJoinPool failed) {
		if (failed == this.pool && !failed.isShutdown()) {
			this.pool = newPool();
			failed.shutdown();
		}
	}

	/**
	 * Take no more tasks.
	 */
	synchronized void end() {
		this.pool.shutdown();
	}

}
