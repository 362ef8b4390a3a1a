package io.irpc.transport;

import java.util.function.Supplier;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Makes threads that inherit nothing from the one that needs them. A function that waits
 * may need one for others, which must not see what it has put into inheritable thread
 * locals, such as its user.
 *
 * @since 0.1.0
 */
public final class CleanThreads {

	private CleanThreads() {
	}

	/**
	 * Make a thread.
	 * @param maker makes it; called on a thread without inheritable thread locals, which
	 * is waited for
	 * @param <T> the type of the thread
	 * @return the thread
	 * @throws OutOfMemoryError if no thread can be started
	 */
	public static <T extends Thread> T make(Supplier<T> maker) {
		// a CompletableFuture would let a pool start one more while its own is being made
		Promise<T> made = ImmediateEventExecutor.INSTANCE.newPromise();
		of("irpc-thread-maker", () -> {
			try {
				made.setSuccess(maker.get());
			}
			catch (Throwable ex) {
				made.setFailure(ex);
			}
		}).start();
		return made.syncUninterruptibly().getNow();
	}

	/**
	 * Make a daemon.
	 * @param name its name
	 * @param task what it runs
	 * @return the thread, not started
	 */
	public static Thread of(String name, Runnable task) {
		Thread thread = new Thread(null, task, name, 0, false);
		thread.setDaemon(true);
		return thread;
	}

}
