package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import io.irpc.transport.Leadership;

/**
 * All threads that run the tasks of some pools: those that lead event loops, for what
 * they have read themselves, and those that have nothing else to do.
 */
final class Workers {

	private final Semaphore leaders;

	private final TaskTimes times = new TaskTimes();

	private final WorkerWatcher watcher = new WorkerWatcher(this::look);

	private final PoolRuns pool;

	private final Map<Object, LeaderRuns> byLoop = new ConcurrentHashMap<>();

	/**
	 * Create it without any task.
	 * @param threads starts a thread for each task that it is given
	 * @param maxLeaders how many threads that lead event loops may run tasks besides
	 */
	Workers(Executor threads, int maxLeaders) {
		this.leaders = new Semaphore(maxLeaders);
		this.pool = new PoolRuns(threads, this.times, this.watcher);
	}

	/**
	 * Run a task.
	 * @param task the task
	 */
	void add(WorkerTask task) {
		Leadership leadership = this.times.areLong() ? null : Leadership.current();
		if (leadership == null || !runsOf(leadership).add(task, leadership)) {
			this.pool.add(task);
		}
	}

	private LeaderRuns runsOf(Leadership leadership) {
		LeaderRuns known = this.byLoop.get(leadership.loop());
		return (known != null) ? known : this.byLoop.computeIfAbsent(leadership.loop(),
				(loop) -> new LeaderRuns(leadership, this.pool, this.times, this.leaders, this.watcher));
	}

	/**
	 * Do not run a task.
	 * @param task the task
	 * @return {@code false} if a thread or whoever has stopped its pool has taken it
	 */
	boolean withdraw(WorkerTask task) {
		return all().stream().anyMatch((runs) -> runs.withdraw(task));
	}

	/**
	 * Take back what waits.
	 * @param owner whose tasks
	 * @return the tasks, which are not run any more
	 */
	List<WorkerTask> takeBack(Object owner) {
		return all().stream().flatMap((runs) -> runs.takeBack(owner).stream()).toList();
	}

	/**
	 * Run no more tasks of a pool, and interrupt those that run.
	 * @param stopped the pool
	 * @return the tasks that have not begun, which are not run any more
	 */
	List<WorkerTask> stop(Object stopped) {
		return all().stream().flatMap((runs) -> runs.stop(stopped).stream()).toList();
	}

	// in the order in which tasks are passed on
	private List<WorkerRuns> all() {
		List<WorkerRuns> all = new ArrayList<>(this.byLoop.values());
		all.add(this.pool);
		return all;
	}

	private boolean look() {
		int busy = all().stream().mapToInt(WorkerRuns::active).sum();
		boolean more = this.pool.look(busy);
		for (LeaderRuns runs : this.byLoop.values()) {
			more |= runs.look(busy);
		}
		this.byLoop.values().removeIf(LeaderRuns::isOver);
		return more;
	}

}
