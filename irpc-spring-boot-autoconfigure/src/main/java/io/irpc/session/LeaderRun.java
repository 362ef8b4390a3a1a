package io.irpc.session;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.irpc.transport.Leadership;
import org.jspecify.annotations.Nullable;

/**
 * A thread that leads an event loop and runs tasks between two turns of it. Another
 * thread leads when a task takes long.
 */
final class LeaderRun extends WorkerRun {

	/**
	 * After how long, in nanoseconds, sockets have their turn.
	 */
	private static final long TURN = TimeUnit.MICROSECONDS.toNanos(200);

	private final LeaderRuns runs;

	private final Leadership leadership;

	private final long beginning = since();

	private volatile long replacedFor;

	/**
	 * Create the run of the current thread.
	 * @param runs whose tasks it runs
	 * @param leadership that of the current thread
	 */
	LeaderRun(LeaderRuns runs, Leadership leadership) {
		super(runs);
		this.runs = runs;
		this.leadership = leadership;
	}

	@Override
	boolean isOver(long now) {
		return now - this.beginning >= TURN;
	}

	@Override
	void flush() {
		super.flush();
		this.leadership.runLoopTasks();
	}

	@Override
	void waits() {
		try {
			replace(since());
			this.runs.passOn();
		}
		catch (OutOfMemoryError | RejectedExecutionException ex) {
			// no thread can be started now: the watcher tries again
		}
	}

	@Override
	@Nullable Runnable replacement() {
		long task = since();
		return (this.replacedFor != task && isLate()) ? () -> replace(task) : null;
	}

	private void replace(long task) {
		this.leadership.handOver();
		this.replacedFor = task;
	}

}
