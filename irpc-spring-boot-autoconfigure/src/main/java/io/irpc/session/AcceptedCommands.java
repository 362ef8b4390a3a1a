package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.irpc.session.CommandTask.Lane;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one session that wait or run, with what they count for. Safe for use by
 * many threads.
 */
final class AcceptedCommands {

	private final MemoryBudget memory;

	private final Map<String, CommandTask> byId = new HashMap<>();

	private final Set<CommandTask> parked = new LinkedHashSet<>();

	private final Deque<CommandTask> ordered = new ArrayDeque<>();

	private @Nullable CommandTask orderedRunning;

	private int running;

	private long bytes;

	private long waitingBytes;

	private boolean left;

	private long pickedIds;

	AcceptedCommands(MemoryBudget memory) {
		this.memory = memory;
	}

	synchronized boolean isLeft() {
		return this.left;
	}

	/**
	 * Return what all count for.
	 * @return the number of bytes, 0 for a session that has ended
	 */
	synchronized long bytes() {
		return this.left ? 0 : this.bytes;
	}

	synchronized boolean isEmpty() {
		return this.running == 0 && this.parked.isEmpty() && this.ordered.isEmpty();
	}

	synchronized int running() {
		return this.running;
	}

	synchronized int waiting() {
		return this.parked.size() + this.ordered.size();
	}

	synchronized @Nullable CommandTask find(String id) {
		return this.byId.get(id);
	}

	/**
	 * Return those that are under way or wait, but for those that wait for their turn
	 * without an id.
	 * @return the commands of the moment
	 */
	synchronized Collection<CommandTask> inFlight() {
		List<CommandTask> result = new ArrayList<>(this.byId.values());
		if (this.orderedRunning != null) {
			result.add(this.orderedRunning);
		}
		return result;
	}

	synchronized String pickId() {
		String id;
		do {
			id = "x" + Long.toHexString(++this.pickedIds).toUpperCase(Locale.ROOT);
		}
		while (this.byId.containsKey(id));
		return id;
	}

	/**
	 * Take a command, whose bytes are reserved.
	 * @param task the command
	 */
	synchronized void add(CommandTask task) {
		this.bytes += task.size();
		switch (task.lane()) {
			case ORDERED -> this.ordered.add(task);
			case FREE -> this.parked.add(task);
			case CONTROL -> this.running++;
		}
		if (task.lane() != Lane.CONTROL) {
			this.waitingBytes += task.size();
		}
		if (task.lane() != Lane.ORDERED) {
			this.byId.put(task.id(), task);
		}
	}

	/**
	 * Let the next command run.
	 * @param maxRunning how many may run at once
	 * @return the command, {@code null} if none may
	 */
	synchronized @Nullable CommandTask next(int maxRunning) {
		if (this.running >= maxRunning) {
			return null;
		}
		CommandTask task = (this.orderedRunning != null) ? null : this.ordered.poll();
		if (task != null) {
			this.orderedRunning = task;
		}
		else {
			Iterator<CommandTask> waiting = this.parked.iterator();
			if (!waiting.hasNext()) {
				return null;
			}
			task = waiting.next();
			waiting.remove();
		}
		this.running++;
		this.waitingBytes -= task.size();
		return task;
	}

	/**
	 * Return whether a command waits for the answers of those before it.
	 * @param task the command
	 * @return {@code true} for one without an id whose turn has not come
	 */
	synchronized boolean isQueued(CommandTask task) {
		return task.lane() == Lane.ORDERED && task != this.orderedRunning;
	}

	/**
	 * Take a command back that has not begun.
	 * @param task the command
	 * @return whether it was parked
	 */
	synchronized boolean unpark(CommandTask task) {
		boolean removed = this.parked.remove(task);
		if (removed) {
			this.waitingBytes -= task.size();
			release(task);
		}
		return removed;
	}

	/**
	 * Let the id of a command be used again.
	 * @param task the command, which is about to be answered
	 */
	synchronized void freeId(CommandTask task) {
		this.byId.remove(task.id(), task);
	}

	/**
	 * Release what a command counts for, as nothing runs for it any more.
	 * @param task the command
	 */
	synchronized void release(CommandTask task) {
		freeId(task);
		this.bytes -= task.size();
		if (this.left) {
			this.memory.releaseLeft(task.size());
		}
		else {
			this.memory.release(task.size());
		}
	}

	/**
	 * Let another command run in the place of one that was released.
	 * @param task the command
	 */
	synchronized void freePlace(CommandTask task) {
		this.running--;
		if (task == this.orderedRunning) {
			this.orderedRunning = null;
		}
	}

	/**
	 * Forget what waits, for good. What runs goes on.
	 * @return what was under way or waited when the first call came, empty for further
	 * calls
	 */
	synchronized Collection<CommandTask> leave() {
		if (this.left) {
			return List.of();
		}
		Collection<CommandTask> inFlight = inFlight();
		inFlight.addAll(this.ordered);
		this.left = true;
		this.bytes -= this.waitingBytes;
		this.memory.release(this.waitingBytes);
		this.memory.leave(this.bytes);
		this.parked.clear();
		this.ordered.clear();
		return inFlight;
	}

}
