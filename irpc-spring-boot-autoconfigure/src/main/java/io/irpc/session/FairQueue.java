package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for a thread, taken from one owner after the other, so that an owner of
 * many does not keep the others waiting. Safe for use by many threads.
 */
final class FairQueue {

	private final Map<Object, Deque<Runnable>> tasks = new LinkedHashMap<>();

	synchronized void add(Object owner, Runnable task) {
		this.tasks.computeIfAbsent(owner, (key) -> new ArrayDeque<>(1)).add(task);
	}

	/**
	 * Take the next task.
	 * @return the task of the owner whose turn it is, {@code null} if there is none
	 */
	synchronized @Nullable Runnable poll() {
		Map.Entry<Object, Deque<Runnable>> next = this.tasks.entrySet().stream().findFirst().orElse(null);
		if (next == null) {
			return null;
		}
		Object owner = next.getKey();
		Deque<Runnable> ofOwner = next.getValue();
		Runnable task = ofOwner.poll();
		this.tasks.remove(owner);
		if (!ofOwner.isEmpty()) {
			this.tasks.put(owner, ofOwner);
		}
		return task;
	}

	/**
	 * Take a task out.
	 * @param owner its owner
	 * @param task the task
	 * @return {@code false} if somebody else has taken it out
	 */
	synchronized boolean remove(Object owner, Runnable task) {
		Deque<Runnable> ofOwner = this.tasks.get(owner);
		boolean removed = ofOwner != null && ofOwner.remove(task);
		if (ofOwner != null && ofOwner.isEmpty()) {
			this.tasks.remove(owner);
		}
		return removed;
	}

	synchronized void clear() {
		this.tasks.clear();
	}

	/**
	 * Take all tasks of an owner.
	 * @param owner the owner
	 * @return the tasks, which nobody else will run
	 */
	synchronized List<Runnable> removeAll(Object owner) {
		Deque<Runnable> ofOwner = this.tasks.remove(owner);
		return (ofOwner != null) ? new ArrayList<>(ofOwner) : List.of();
	}

}
