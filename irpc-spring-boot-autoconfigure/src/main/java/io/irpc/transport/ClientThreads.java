package io.irpc.transport;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.Schedulers;

/**
 * Makes the threads that read what servers send to clients, and knows them again.
 *
 * @since 0.1.0
 */
public final class ClientThreads extends LoopThreads {

	static {
		if (IoTransport.isPresent("reactor.core.scheduler.Schedulers")) {
			Reactor.register();
		}
	}

	ClientThreads() {
		super("irpc-client-io");
	}

	@Override
	protected Thread newThread(Runnable task, String name) {
		return new ClientThread(this.threadGroup, task, name);
	}

	/**
	 * Return whether the current thread reads for a client.
	 * @return {@code true} if it must not wait
	 */
	public static boolean isCurrent() {
		return Thread.currentThread() instanceof ClientThread && !Leadership.isOutside();
	}

	/**
	 * Refuse to wait for an answer on the thread that would have to read it.
	 * @throws IllegalStateException if the current thread reads for a client
	 */
	public static void requireOther() {
		if (isCurrent()) {
			throw new IllegalStateException("Waits for an answer on " + Thread.currentThread().getName()
					+ ", the thread that reads answers (expected: no waiting behind calls that are completed on the"
					+ " event loop)");
		}
	}

	private static final class ClientThread extends FastThreadLocalThread {

		ClientThread(ThreadGroup group, Runnable task, String name) {
			super(group, task, name);
		}

	}

	/**
	 * Has Reactor refuse to block where nothing may wait.
	 */
	private static final class Reactor {

		static void register() {
			Schedulers.registerNonBlockingThreadPredicate((thread) -> thread == Thread.currentThread() && isCurrent());
		}

	}

}
