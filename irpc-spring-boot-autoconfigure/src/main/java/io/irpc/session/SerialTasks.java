package io.irpc.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other on the threads of another executor, in the order in
 * which they came. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SerialTasks implements Executor {

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final Executor executor;

	private final Consumer<Throwable> failureHandler;

	private boolean running;

	private @Nullable Thread thread;

	private boolean interrupted;

	/**
	 * Create an executor.
	 * @param executor runs the tasks
	 * @param failureHandler given what a task throws, on the thread of the task
	 */
	public SerialTasks(Executor executor, Consumer<Throwable> failureHandler) {
		this.executor = executor;
		this.failureHandler = failureHandler;
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this) {
			this.tasks.add(task);
			if (this.running) {
				return;
			}
			this.running = true;
		}
		try {
			this.executor.execute(this::run);
		}
		catch (RuntimeException ex) {
			// the threads are stopped: what is left to do is to clean up
			run();
		}
	}

	/**
	 * Run a task within the one that runs on this thread, behind what waits, or like any
	 * other if none does: what a long task tells is not held back until its end.
	 * @param task the task
	 */
	void executeWithin(Runnable task) {
		if (!isWithin()) {
			execute(task);
			return;
		}
		for (Runnable earlier = poll(); earlier != null; earlier = poll()) {
			run(earlier);
		}
		run(task);
	}

	private synchronized boolean isWithin() {
		return this.thread == Thread.currentThread();
	}

	private synchronized @Nullable Runnable poll() {
		return this.tasks.poll();
	}

	/**
	 * Interrupt the task that runs now, if one does.
	 */
	public synchronized void interrupt() {
		if (this.thread != null && !this.interrupted) {
			this.interrupted = true;
			this.thread.interrupt();
		}
	}

	private void run() {
		for (Runnable task = next(); task != null; task = next()) {
			run(task);
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.failureHandler.accept(ex);
		}
	}

	private synchronized @Nullable Runnable next() {
		if (this.interrupted) {
			// it was meant for the task that has ended
			this.interrupted = false;
			Thread.interrupted();
		}
		Runnable task = this.tasks.poll();
		this.running = task != null;
		this.thread = (task != null) ? Thread.currentThread() : null;
		return task;
	}

}
