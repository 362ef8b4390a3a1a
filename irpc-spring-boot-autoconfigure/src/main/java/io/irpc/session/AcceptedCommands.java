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
	 * @param maxRunning how many may run, 0 if none may start now
	 * @return whether it has its place among those that run, else it waits
	 */
	synchronized boolean add(CommandTask task, int maxRunning) {
		boolean running = switch (task.lane()) {
			case CONTROL -> true;
			case FREE -> this.parked.isEmpty() && this.running < maxRunning;
			case ORDERED -> false;
		};
		this.bytes += task.size();
		if (running) {
			this.running++;
		}
		else {
			((task.lane() == Lane.FREE) ? this.parked : this.ordered).add(task);
			this.waitingBytes += task.size();
		}
		if (task.lane() != Lane.ORDERED) {
			this.byId.put(task.id(), task);
		}
		return running;
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
			freeId(task);
			release(task.size());
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
	 * Let the ids and the bytes of commands that have run be used again.
	 * @param all the commands
	 */
	synchronized void release(List<CommandInbox.Answered> all) {
		long size = 0;
		for (CommandInbox.Answered answered : all) {
			freeId(answered.task());
			size += answered.task().size();
		}
		release(size);
	}

	private void release(long size) {
		this.bytes -= size;
		if (this.left) {
			this.memory.releaseLeft(size);
		}
		else {
			this.memory.release(size);
		}
	}

	/**
	 * Let others have the places of commands that have run.
	 * @param all the commands
	 * @return whether others wait
	 */
	synchronized boolean freePlaces(List<CommandInbox.Answered> all) {
		this.running -= all.size();
		for (CommandInbox.Answered answered : all) {
			if (answered.task() == this.orderedRunning) {
				this.orderedRunning = null;
			}
		}
		return !this.parked.isEmpty() || !this.ordered.isEmpty();
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
