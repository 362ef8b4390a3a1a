package io.irpc.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of event loops. They find the classes of the application, whose code
 * they may run as well, but inherit nothing from it.
 */
class LoopThreads extends DefaultThreadFactory {

	private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

	/**
	 * Create a factory of daemons.
	 * @param name what the names of the threads begin with
	 */
	LoopThreads(String name) {
		super(name, true);
	}

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = CleanThreads.make(() -> super.newThread(task));
		thread.setContextClassLoader(this.classLoader);
		return thread;
	}

}
