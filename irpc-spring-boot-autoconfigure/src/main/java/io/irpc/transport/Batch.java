package io.irpc.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What a thread puts off while it goes through all that it has at hand: waking another
 * thread or writing to a connection costs more than most of what peers ask for, and is
 * done once for all of it. Each thread has a batch of its own.
 *
 * @since 0.1.0
 */
public final class Batch {

	/**
	 * As long, in nanoseconds, a thing is put off while others are done.
	 */
	static final long PATIENCE = patience(Runtime.getRuntime().availableProcessors());

	/**
	 * So many times as long several things are put off: each may be a write, which costs
	 * about as much as a few of the things that are done.
	 */
	private static final int MOST = 3;

	private static final ThreadLocal<@Nullable Batch> current = new ThreadLocal<>();

	private final Queue<Runnable> putOff = new ConcurrentLinkedQueue<>();

	private volatile boolean open;

	private long since;

	private int actions;

	private Batch() {
	}

	// whoever waits for it is to work at the same time, not afterwards, unless there is
	// one processor for all
	static long patience(int processors) {
		return TimeUnit.MICROSECONDS.toNanos((processors > 1) ? 30 : 200);
	}

	/**
	 * Return the batch of the current thread.
	 * @return the batch
	 */
	public static Batch current() {
		Batch batch = current.get();
		if (batch == null) {
			batch = new Batch();
			current.set(batch);
		}
		return batch;
	}

	/**
	 * Do something after what the current thread has at hand, or at once if its batch is
	 * not open.
	 * @param action what to do; must not block, nor throw
	 */
	public static void afterwards(Runnable action) {
		Batch batch = current.get();
		if (batch != null && batch.open) {
			batch.putOff.add(action);
			batch.actions++;
			// another thread may have closed it meanwhile
			if (!batch.open) {
				batch.flush();
			}
		}
		else {
			action.run();
		}
	}

	/**
	 * Return whether the current thread puts things off.
	 * @return {@code true} if its batch is open
	 */
	static boolean isOpen() {
		Batch batch = current.get();
		return batch != null && batch.open;
	}

	/**
	 * Know that the current thread is done with one of the things that it has at hand,
	 * and do what it has put off for long.
	 */
	public static void oneDone() {
		oneDone(System::nanoTime);
	}

	static void oneDone(LongSupplier nanoTime) {
		Batch batch = current.get();
		if (batch != null && batch.open && batch.isDue(nanoTime.getAsLong())) {
			batch.flush();
			batch.begin(nanoTime.getAsLong());
		}
	}

	/**
	 * Do now what the current thread has put off, as it is going to wait.
	 */
	public static void beforeWaiting() {
		Batch batch = current.get();
		if (batch != null) {
			batch.flush();
		}
	}

	/**
	 * Begin to put things off. To be called on the thread of the batch.
	 */
	public void open() {
		if (!this.open) {
			this.open = true;
			begin(System.nanoTime());
		}
	}

	/**
	 * Put things off from now on, as what was put off is done: where that takes long, it
	 * is to be done for the more together. To be called on the thread of the batch.
	 * @param now when, as {@link System#nanoTime}
	 */
	public void begin(long now) {
		this.since = now;
		this.actions = 0;
	}

	/**
	 * Return whether things have been put off for long. To be called on the thread of the
	 * batch.
	 * @param now when, as {@link System#nanoTime}
	 * @return {@code true} if they are to be done before more is put off
	 */
	public boolean isDue(long now) {
		return this.open && now - this.since >= PATIENCE * Math.max(1, Math.min(this.actions, MOST));
	}

	/**
	 * Do what was put off, and put nothing off until it is opened again. Safe for use by
	 * any thread.
	 */
	public void close() {
		this.open = false;
		flush();
	}

	/**
	 * Do what was put off so far. Safe for use by any thread.
	 */
	public void flush() {
		for (Runnable action = this.putOff.poll(); action != null; action = this.putOff.poll()) {
			action.run();
		}
	}

}
