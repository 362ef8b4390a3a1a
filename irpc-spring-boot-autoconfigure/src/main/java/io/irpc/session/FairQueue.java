package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for a thread, taken from one owner after the other, so that an owner of
 * many does not keep the others waiting. An owner's turn may last for several tasks, as
 * what they send is written together. Tasks are added by any thread; all else is guarded
 * by whoever takes them.
 */
final class FairQueue {

	private final Queue<WorkerTask> arriving = new ConcurrentLinkedQueue<>();

	private final Map<Object, Tasks> byOwner = new HashMap<>();

	private final Deque<Tasks> turns = new ArrayDeque<>();

	private int size;

	private long turnSince;

	void add(WorkerTask task) {
		this.arriving.add(task);
	}

	/**
	 * Take a task back.
	 * @param task the task
	 * @return {@code false} if somebody has taken it meanwhile
	 */
	boolean withdraw(WorkerTask task) {
		sort();
		Tasks tasks = this.byOwner.get(task.owner());
		if (tasks == null || !tasks.queue.remove(task)) {
			return false;
		}
		this.size--;
		if (tasks.queue.isEmpty()) {
			this.turns.remove(tasks);
			this.byOwner.remove(tasks.owner);
		}
		return true;
	}

	int size() {
		sort();
		return this.size;
	}

	private void sort() {
		for (WorkerTask next = this.arriving.poll(); next != null; next = this.arriving.poll()) {
			sort(next);
		}
	}

	private void sort(WorkerTask task) {
		Tasks tasks = this.turns.peekLast();
		if (tasks == null || tasks.owner != task.owner()) {
			tasks = this.byOwner.get(task.owner());
		}
		if (tasks == null) {
			tasks = new Tasks(task.owner());
			this.byOwner.put(task.owner(), tasks);
			this.turns.add(tasks);
		}
		tasks.queue.add(task);
		this.size++;
	}

	/**
	 * Take the next task.
	 * @param now when, as {@link System#nanoTime}
	 * @param turn how long the turn of an owner lasts, in nanoseconds, 0 for one task
	 * @return the task of the owner whose turn it is, {@code null} if there is none
	 */
	@Nullable WorkerTask poll(long now, long turn) {
		sort();
		Tasks tasks = this.turns.peek();
		if (tasks == null) {
			return null;
		}
		if (!tasks.hasTurn) {
			tasks.hasTurn = true;
			this.turnSince = now;
		}
		WorkerTask task = tasks.queue.poll();
		this.size--;
		if (tasks.queue.isEmpty()) {
			this.turns.remove();
			this.byOwner.remove(tasks.owner);
		}
		else if (now - this.turnSince >= turn) {
			tasks.hasTurn = false;
			this.turns.add(this.turns.remove());
		}
		return task;
	}

	/**
	 * Take all tasks of an owner.
	 * @param owner the owner
	 * @return the tasks, which nobody else will run
	 */
	List<WorkerTask> removeAll(Object owner) {
		sort();
		Tasks tasks = this.byOwner.remove(owner);
		if (tasks == null) {
			return List.of();
		}
		this.turns.remove(tasks);
		this.size -= tasks.queue.size();
		return List.copyOf(tasks.queue);
	}

	/**
	 * Take all tasks that were given to a pool.
	 * @param pool the pool
	 * @return the tasks, which nobody else will run
	 */
	List<WorkerTask> removeAllOf(Object pool) {
		sort();
		List<WorkerTask> removed = new ArrayList<>();
		for (Tasks tasks : List.copyOf(this.turns)) {
			// an owner gives all to one pool
			if (tasks.queue.element().pool() == pool) {
				removed.addAll(removeAll(tasks.owner));
			}
		}
		return removed;
	}

	private static final class Tasks {

		private final Object owner;

		private final Deque<WorkerTask> queue = new ArrayDeque<>();

		private boolean hasTurn;

		Tasks(Object owner) {
			this.owner = owner;
		}

	}

}
