package io.irpc.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Looks after threads at short intervals while there is something to look after. Its own
 * thread does not begin before, and rests when there is nothing.
 */
final class WorkerWatcher {

	/**
	 * How often it looks, in nanoseconds.
	 */
	static final long TICK = TimeUnit.MICROSECONDS.toNanos(500);

	private static final int IDLE_TICKS = 20;

	private final Thread thread;

	private final BooleanSupplier look;

	private volatile boolean awake;

	private volatile boolean stopped;

	/**
	 * Create a watcher that rests.
	 * @param threadName name of its thread
	 * @param look looks, and returns whether there is anything to look after; called on
	 * the thread of the watcher
	 */
	WorkerWatcher(String threadName, BooleanSupplier look) {
		this.thread = new Thread(this::run, threadName);
		this.thread.setDaemon(true);
		this.look = look;
	}

	/**
	 * Look from now on.
	 */
	void wake() {
		if (!this.awake) {
			begin();
		}
	}

	private synchronized void begin() {
		if (this.awake || this.stopped) {
			return;
		}
		this.awake = true;
		if (this.thread.getState() == Thread.State.NEW) {
			this.thread.start();
		}
		LockSupport.unpark(this.thread);
	}

	synchronized void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

	private void run() {
		int idle = 0;
		while (!this.stopped) {
			LockSupport.parkNanos(this, TICK);
			idle = this.look.getAsBoolean() ? 0 : idle + 1;
			if (idle == IDLE_TICKS) {
				idle = 0;
				rest();
			}
		}
	}

	private void rest() {
		this.awake = false;
		// what has begun before it could be seen that this rests
		if (this.look.getAsBoolean()) {
			this.awake = true;
		}
		while (!this.awake && !this.stopped) {
			LockSupport.park(this);
		}
	}

}
