package io.irpc.transport;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

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
		// not one that lets a pool start another thread while its own is being made
		FutureTask<T> made = new FutureTask<>(maker::get);
		of("irpc-thread-maker", made).start();
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return made.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
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
