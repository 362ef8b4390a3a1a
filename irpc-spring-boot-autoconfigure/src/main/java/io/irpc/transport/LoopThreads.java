package io.irpc.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of event loops. They find the classes of the application, whose code
 * they may run as well.
 */
class LoopThreads extends DefaultThreadFactory {

	private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

	/**
	 * Create a factory.
	 * @param name what the names of the threads begin with
	 * @param daemon whether the Java runtime may end before them
	 */
	LoopThreads(String name, boolean daemon) {
		super(name, daemon);
	}

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = super.newThread(task);
		thread.setContextClassLoader(this.classLoader);
		return thread;
	}

}
