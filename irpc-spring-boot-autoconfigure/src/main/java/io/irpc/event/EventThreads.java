package io.irpc.event;

import java.util.concurrent.Executor;

import io.irpc.session.WorkerPool;

import org.springframework.context.SmartLifecycle;

/**
 * The threads that read the journal, apart from those of functions, so that functions
 * that block keep no event back.
 *
 * @since 0.1.0
 */
public final class EventThreads implements Executor, SmartLifecycle {

	private final WorkerPool workers;

	private final int phase;

	private volatile boolean running;

	/**
	 * Create an instance.
	 * @param workers the threads, started and stopped with this
	 * @param phase the phase of the lifecycle, before that of the server
	 */
	public EventThreads(WorkerPool workers, int phase) {
		this.workers = workers;
		this.phase = phase;
	}

	@Override
	public void execute(Runnable task) {
		this.workers.execute(task);
	}

	@Override
	public void start() {
		this.workers.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.workers.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
