package io.irpc.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.irpc.protocol.LogSafe;
import io.irpc.transport.CleanThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks after threads at short intervals while there is something to look after. One
 * thread does so for all pools of this process, which many clients would else pay for. It
 * ends when there is nothing for a while.
 */
final class WorkerWatcher {

	private static final Log logger = LogFactory.getLog(WorkerWatcher.class);

	/**
	 * How often it looks, in nanoseconds.
	 */
	static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);

	private static final int IDLE_TICKS = 20;

	private static final long REST = TimeUnit.SECONDS.toNanos(10);

	private static final Map<WorkerWatcher, Boolean> awake = new ConcurrentHashMap<>();

	private static @Nullable Thread thread;

	private final BooleanSupplier look;

	private volatile boolean isAwake;

	private int idle;

	/**
	 * Create a watcher that rests.
	 * @param look looks, and returns whether there is anything to look after; called on
	 * the thread of the watchers
	 */
	WorkerWatcher(BooleanSupplier look) {
		this.look = look;
	}

	/**
	 * Look from now on, until there is nothing to look after.
	 */
	void wake() {
		if (!this.isAwake) {
			begin(this);
		}
	}

	private static synchronized void begin(WorkerWatcher watcher) {
		if (thread == null || !thread.isAlive()) {
			startThread();
		}
		watcher.isAwake = thread != null;
		if (watcher.isAwake && awake.put(watcher, true) == null) {
			LockSupport.unpark(thread);
		}
	}

	private static void startThread() {
		Thread started = CleanThreads.of("irpc-watcher", WorkerWatcher::run);
		try {
			started.start();
			thread = started;
		}
		catch (OutOfMemoryError ex) {
			// the task of whoever wakes a watcher must not suffer: the next one tries
			// again
			logger.error("Cannot start a thread", ex);
		}
	}

	private static void run() {
		do {
			while (!awake.isEmpty()) {
				LockSupport.parkNanos(TICK);
				tickAll();
			}
			LockSupport.parkNanos(REST);
		}
		while (!end());
	}

	private static void tickAll() {
		try {
			awake.keySet().forEach(WorkerWatcher::tick);
		}
		catch (Throwable ex) {
			// such as no memory to log that there is none: all pools rely on this thread
		}
	}

	private static synchronized boolean end() {
		boolean ended = awake.isEmpty();
		if (ended) {
			thread = null;
		}
		return ended;
	}

	private void tick() {
		this.idle = looksBusy() ? 0 : this.idle + 1;
		if (this.idle < IDLE_TICKS) {
			return;
		}
		this.idle = 0;
		synchronized (WorkerWatcher.class) {
			this.isAwake = false;
			awake.remove(this);
		}
		// what has begun before it could be seen that this rests
		if (looksBusy()) {
			wake();
		}
	}

	private boolean looksBusy() {
		try {
			return this.look.getAsBoolean();
		}
		catch (RuntimeException | Error ex) {
			// such as no memory for another thread: the other pools go on
			logger.error("Cannot look after threads", LogSafe.failure(ex));
			return true;
		}
	}

}
