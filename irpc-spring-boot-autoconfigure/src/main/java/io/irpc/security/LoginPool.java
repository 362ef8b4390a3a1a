package io.irpc.security;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The few threads on which passwords are hashed, so that logins do not slow down the
 * calls of others (protocol §8).
 */
final class LoginPool implements AutoCloseable {

	private final ScheduledThreadPoolExecutor executor;

	private final int maxWaiting;

	LoginPool(int threads, int maxWaiting) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("irpc-login-");
		factory.setDaemon(true);
		this.executor = new ScheduledThreadPoolExecutor(threads, factory);
		this.executor.setRemoveOnCancelPolicy(true);
		this.maxWaiting = maxWaiting;
	}

	/**
	 * Run a task of a login.
	 * @param task the task
	 * @param delay when
	 * @throws IrpcException if too many wait
	 */
	void execute(Runnable task, Duration delay) {
		if (this.executor.getQueue().size() >= this.maxWaiting) {
			throw new IrpcException(ErrorCode.RESOURCE_EXHAUSTED,
					"Too many logins wait (expected: <= " + this.maxWaiting + ")");
		}
		schedule(task, delay);
	}

	/**
	 * Run a task that must not be refused.
	 * @param task the task
	 * @param delay when
	 * @return to take it back
	 */
	ScheduledFuture<?> schedule(Runnable task, Duration delay) {
		try {
			return this.executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down", ex);
		}
	}

	void repeat(Runnable task, Duration interval) {
		this.executor.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
