package io.irpc.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for a thread, taken from one owner after the other, so that an owner of
 * many does not keep the others waiting. An owner's turn may last for several tasks, as
 * what they send is written together. Not safe for use by many threads.
 */
final class FairQueue {

	private final Map<Object, Tasks> byOwner = new HashMap<>();

	private final Deque<Tasks> turns = new ArrayDeque<>();

	private int size;

	private long turnSince;

	int size() {
		return this.size;
	}

	void add(Object owner, Runnable task) {
		Tasks tasks = this.turns.peekLast();
		if (tasks == null || tasks.owner != owner) {
			tasks = this.byOwner.get(owner);
		}
		if (tasks == null) {
			tasks = new Tasks(owner);
			this.byOwner.put(owner, tasks);
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
	@Nullable Runnable poll(long now, long turn) {
		Tasks tasks = this.turns.peek();
		if (tasks == null) {
			return null;
		}
		if (!tasks.hasTurn) {
			tasks.hasTurn = true;
			this.turnSince = now;
		}
		Runnable task = tasks.queue.poll();
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
	List<Runnable> removeAll(Object owner) {
		Tasks tasks = this.byOwner.remove(owner);
		if (tasks == null) {
			return List.of();
		}
		this.turns.remove(tasks);
		this.size -= tasks.queue.size();
		return List.copyOf(tasks.queue);
	}

	private static final class Tasks {

		private final Object owner;

		private final Deque<Runnable> queue = new ArrayDeque<>();

		private boolean hasTurn;

		Tasks(Object owner) {
			this.owner = owner;
		}

	}

}
