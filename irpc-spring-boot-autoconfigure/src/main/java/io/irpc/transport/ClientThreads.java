package io.irpc.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Makes the threads that read what servers send to clients, and knows them again.
 */
final class ClientThreads extends DefaultThreadFactory {

	ClientThreads() {
		super("irpc-client-io", true);
	}

	@Override
	protected Thread newThread(Runnable task, String name) {
		return new ClientThread(this.threadGroup, task, name);
	}

	/**
	 * Refuse to wait for an answer on the thread that would have to read it.
	 * @throws IllegalStateException if the current thread reads for a client
	 */
	static void requireOther() {
		Thread current = Thread.currentThread();
		if (current instanceof ClientThread) {
			throw new IllegalStateException("Waits for an answer on " + current.getName()
					+ ", the thread that reads answers (expected: no waiting behind calls that are completed on the"
					+ " event loop)");
		}
	}

	private static final class ClientThread extends FastThreadLocalThread {

		ClientThread(ThreadGroup group, Runnable task, String name) {
			super(group, task, name);
		}

	}

}
