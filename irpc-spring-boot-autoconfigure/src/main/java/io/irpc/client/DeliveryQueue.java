package io.irpc.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one subscription in their order, as many at once as it may have. One
 * that is to be tried again keeps its place but no thread.
 */
final class DeliveryQueue {

	private final Executor executor;

	private final BiConsumer<Runnable, Duration> scheduler;

	private final int concurrency;

	private final Deque<Task> waiting = new ArrayDeque<>();

	private int running;

	private boolean held;

	private boolean closed;

	/**
	 * Create an empty queue.
	 * @param executor runs the tasks
	 * @param scheduler runs something later, without blocking
	 * @param concurrency how many tasks run at once
	 */
	DeliveryQueue(Executor executor, BiConsumer<Runnable, Duration> scheduler, int concurrency) {
		this.executor = executor;
		this.scheduler = scheduler;
		this.concurrency = concurrency;
	}

	void add(Task task) {
		synchronized (this) {
			if (!this.closed) {
				this.waiting.add(task);
			}
		}
		if (isClosed()) {
			task.cancel();
		}
		startNext();
	}

	/**
	 * Return how many tasks have not begun.
	 * @return the number of tasks
	 */
	synchronized int waiting() {
		return this.waiting.size();
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Cancel what has not begun, and what is to be tried again.
	 */
	void close() {
		List<Task> cancelled;
		synchronized (this) {
			this.closed = true;
			cancelled = new ArrayList<>(this.waiting);
			this.waiting.clear();
		}
		cancelled.forEach(Task::cancel);
	}

	private void startNext() {
		for (Task task = next(); task != null; task = next()) {
			submit(task);
		}
	}

	private synchronized @Nullable Task next() {
		if (this.held || this.running >= this.concurrency) {
			return null;
		}
		Task task = this.waiting.poll();
		if (task != null) {
			this.running++;
			this.held = task.holdsOthers();
		}
		return task;
	}

	private void submit(Task task) {
		try {
			this.executor.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			// the client is closed
			task.cancel();
		}
	}

	private void run(Task first) {
		for (Task task = first; task != null; task = nextAfter(task)) {
			if (isClosed()) {
				task.cancel();
				continue;
			}
			Duration delay = task.attempt();
			if (delay != null) {
				Task again = task;
				this.scheduler.accept(() -> submit(again), delay);
				return;
			}
		}
	}

	private @Nullable Task nextAfter(Task done) {
		Task task;
		synchronized (this) {
			this.running--;
			if (done.holdsOthers()) {
				this.held = false;
			}
			task = next();
		}
		if (done.holdsOthers()) {
			startNext();
		}
		return task;
	}

	/**
	 * What is run.
	 */
	interface Task {

		/**
		 * Run the task. Does not throw.
		 * @return how long to wait before it is run again, {@code null} if it is done
		 */
		@Nullable Duration attempt();

		/**
		 * Know that the task is not run any more. Called on any thread.
		 */
		void cancel();

		/**
		 * Return whether no task behind this one begins before it is done.
		 * @return {@code true} to hold them back
		 */
		boolean holdsOthers();

	}

}
