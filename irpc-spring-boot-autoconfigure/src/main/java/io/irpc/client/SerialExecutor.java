package io.irpc.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other on the threads of another executor. Its queue is
 * bounded: what comes when it is full is dropped, as a {@code monitor} promises at most
 * once, and told in the log.
 */
final class SerialExecutor implements Executor {

	private static final Log logger = LogFactory.getLog(SerialExecutor.class);

	private static final int MAX_QUEUED = 10_000;

	private final Executor executor;

	private final String name;

	private final Deque<Runnable> queue = new ArrayDeque<>();

	private boolean running;

	private long dropped;

	SerialExecutor(Executor executor, String name) {
		this.executor = executor;
		this.name = name;
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this) {
			if (this.queue.size() >= MAX_QUEUED) {
				if (this.dropped++ == 0) {
					logger.warn("The handler of " + this.name + " is too slow: more than " + MAX_QUEUED
							+ " wait, and what comes now is dropped");
				}
				return;
			}
			this.queue.add(task);
			if (this.running) {
				return;
			}
			this.running = true;
		}
		try {
			this.executor.execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The client is closed, so " + this.name + " is not handled");
		}
	}

	private void run() {
		Runnable task = next();
		while (task != null) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				logger.error("Cannot handle " + this.name, LogSafe.failure(ex));
			}
			task = next();
		}
	}

	private synchronized @Nullable Runnable next() {
		Runnable task = this.queue.poll();
		this.running = task != null;
		if (task == null && this.dropped > 0) {
			logger.warn("The handler of " + this.name + " has caught up: " + this.dropped + " were dropped");
			this.dropped = 0;
		}
		return task;
	}

}
