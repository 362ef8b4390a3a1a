package io.irpc.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;

/**
 * Makes the threads that read what servers send to clients, and knows them again.
 *
 * @since 0.1.0
 */
public final class ClientThreads extends DefaultThreadFactory {

	private static final boolean reactorPresent = IoTransport.isPresent("reactor.core.scheduler.NonBlocking");

	ClientThreads() {
		super("irpc-client-io", true);
	}

	@Override
	protected Thread newThread(Runnable task, String name) {
		return reactorPresent ? ReactorClientThread.create(this.threadGroup, task, name)
				: new ClientThread(this.threadGroup, task, name);
	}

	/**
	 * Return whether the current thread reads for a client.
	 * @return {@code true} if it must not wait
	 */
	public static boolean isCurrent() {
		return Thread.currentThread() instanceof ClientThread;
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

	private static class ClientThread extends FastThreadLocalThread {

		ClientThread(ThreadGroup group, Runnable task, String name) {
			super(group, task, name);
		}

	}

	/**
	 * A thread on which Reactor refuses to block.
	 */
	private static final class ReactorClientThread extends ClientThread implements NonBlocking {

		// a constructor would have the class loaded to be checked, with Reactor or not
		static Thread create(ThreadGroup group, Runnable task, String name) {
			return new ReactorClientThread(group, task, name);
		}

		private ReactorClientThread(ThreadGroup group, Runnable task, String name) {
			super(group, task, name);
		}

	}

}
