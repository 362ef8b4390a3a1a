package io.irpc.security;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The few threads on which passwords are hashed, so that logins do not slow down the
 * calls of others (protocol §8). What has to happen in time does not wait for them.
 */
final class LoginPool implements AutoCloseable {

	// one for rechecks, which may block
	private static final int TIMER_THREADS = 2;

	private final ThreadPoolExecutor checks;

	private final ScheduledThreadPoolExecutor timer;

	private final int maxWaiting;

	LoginPool(int threads, int maxWaiting) {
		this.checks = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(),
				threadFactory("irpc-login-"));
		this.timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, threadFactory("irpc-login-timer-"));
		this.maxWaiting = maxWaiting;
	}

	/**
	 * Check a login. One that has to wait is not refused when its time comes: there is at
	 * most one for each session.
	 * @param task the task, which may block
	 * @param delay when
	 * @throws IrpcException if too many wait for a thread
	 */
	void check(Runnable task, Duration delay) {
		if (!delay.isZero()) {
			schedule(() -> this.checks.execute(task), delay);
			return;
		}
		if (this.checks.getQueue().size() >= this.maxWaiting) {
			throw new IrpcException(ErrorCode.RESOURCE_EXHAUSTED,
					"Too many logins wait (expected: <= " + this.maxWaiting + ")");
		}
		submit(() -> this.checks.execute(task));
	}

	/**
	 * Run a task later.
	 * @param task the task, which must not block
	 * @param delay when
	 */
	void schedule(Runnable task, Duration delay) {
		submit(() -> this.timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	/**
	 * Run a task again and again.
	 * @param task the task, which may block and must not fail
	 * @param interval the time from the end of one run to the next
	 */
	void repeat(Runnable task, Duration interval) {
		this.timer.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.checks.shutdownNow();
	}

	private static void submit(Runnable submission) {
		try {
			submission.run();
		}
		catch (RejectedExecutionException ex) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down", ex);
		}
	}

	private static CustomizableThreadFactory threadFactory(String prefix) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		return factory;
	}

}
