package io.irpc.transport;

import io.netty.util.concurrent.EventExecutor;

/**
 * An event loop of threads that lead it one after the other, for tests of other packages.
 */
public final class TestEventLoop implements AutoCloseable {

	private final EventLoops loops;

	private final EventExecutor loop;

	/**
	 * Start an event loop.
	 * @param threadName what the names of its threads begin with
	 */
	public TestEventLoop(String threadName) {
		this.loops = new EventLoops(new LoopThreads(threadName));
		this.loop = this.loops.of(IoTransport.NIO).next();
	}

	/**
	 * Run a task inside of the loop.
	 * @param task the task
	 */
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	/**
	 * Return the loop itself.
	 * @return the loop
	 */
	public Object loop() {
		return this.loop;
	}

	@Override
	public void close() {
		this.loops.close();
	}

}
