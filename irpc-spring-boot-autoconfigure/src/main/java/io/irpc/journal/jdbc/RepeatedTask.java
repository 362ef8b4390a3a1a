package io.irpc.journal.jdbc;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * Runs a step again and again on a thread of its own, also while the database is down.
 * <p>
 * The thread is never interrupted: an interrupt closes the files of an H2 database.
 */
final class RepeatedTask {

	private static final Log logger = LogFactory.getLog(RepeatedTask.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration MIN_BACKOFF = Duration.ofMillis(250);

	private static final int MAX_DOUBLINGS = 6;

	private final Semaphore wakes = new Semaphore(0);

	private final String name;

	private final Step step;

	private final Runnable release;

	private volatile @Nullable Thread thread;

	/**
	 * Create a task that does not run yet.
	 * @param name the name of its thread
	 * @param step what it does
	 * @param release gives back what the step holds, after it failed and at the end
	 */
	RepeatedTask(String name, Step step, Runnable release) {
		this.name = name;
		this.step = step;
		this.release = release;
	}

	synchronized void start() {
		if (this.thread == null) {
			Thread started = new Thread(this::run, this.name);
			started.setDaemon(true);
			this.thread = started;
			started.start();
		}
	}

	synchronized void stop() {
		Thread ended = this.thread;
		if (ended == null) {
			return;
		}
		this.thread = null;
		wake();
		try {
			ended.join(STOP_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * Have the next step run now.
	 */
	void wake() {
		if (this.wakes.availablePermits() == 0) {
			this.wakes.release();
		}
	}

	private void run() {
		int failures = 0;
		while (this.thread == Thread.currentThread()) {
			Duration pause;
			try {
				pause = this.step.run();
				if (failures > 0) {
					logger.info(this.name + " works again");
				}
				failures = 0;
			}
			// whatever it is: without this thread no event would leave any more
			catch (Throwable ex) {
				pause = MIN_BACKOFF.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
				failures++;
				recover(ex, failures);
			}
			await(pause);
		}
		this.release.run();
	}

	private void recover(Throwable failure, int failures) {
		try {
			this.release.run();
			log(failure, failures);
		}
		catch (Throwable ex) {
			// where memory is short, a log is too much to ask for
		}
	}

	private void await(Duration pause) {
		try {
			this.wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
			this.wakes.drainPermits();
		}
		catch (InterruptedException ex) {
			logger.debug(this.name + " goes on although it was interrupted");
		}
	}

	private void log(Throwable failure, int failures) {
		if (failures == 1) {
			String message = NestedExceptionUtils.getMostSpecificCause(failure).toString();
			logger.warn(this.name + " failed: " + message.lines().findFirst().orElse("")
					+ ". Trying again until it succeeds");
		}
		logger.debug(this.name + " failed", failure);
	}

	/**
	 * What is repeated.
	 */
	interface Step {

		/**
		 * Do it once.
		 * @return how long to wait unless somebody wakes the task
		 * @throws Exception if it failed
		 */
		Duration run() throws Exception;

	}

}
