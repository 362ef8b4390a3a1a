package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Response;

/**
 * Decides when the commands of one session run: those with an id at once and in any
 * order, those without one after the other, all within the session's limits (protocol §2
 * and §8). What finds no place is parked, so that the socket is always read and a handler
 * that calls back gets its answer.
 */
final class CommandInbox {

	private static final int COMMAND_OVERHEAD = 128;

	private final IrpcSession session;

	private final CommandDispatcher dispatcher;

	private final Set<String> idsInUse = new HashSet<>();

	private final Deque<Task> parked = new ArrayDeque<>();

	private final Deque<Task> ordered = new ArrayDeque<>();

	private final AtomicInteger wanted = new AtomicInteger();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private boolean orderedRunning;

	private boolean ending;

	private int running;

	private int controlRunning;

	private long bytes;

	private long pickedIds;

	CommandInbox(IrpcSession session, CommandDispatcher dispatcher) {
		this.session = session;
		this.dispatcher = dispatcher;
	}

	/**
	 * Take a command. Called on the event loop.
	 * @param command the command
	 */
	void accept(Command command) {
		Task task;
		try {
			task = admit(command);
		}
		catch (IrpcException ex) {
			String id = (command.id() != null) ? command.id() : "";
			this.session.send(this.dispatcher.refusal(ex, this.session, id));
			if (id.isEmpty()) {
				// the answer came out of order, so nothing behind it could be matched
				this.session.close("too many commands without an id wait");
			}
			return;
		}
		if (task.place == CommandHandler.Place.ALWAYS_ADMITTED && !task.isOrdered()) {
			start(task);
		}
		else {
			runNext();
		}
	}

	/**
	 * Start what can be started now.
	 */
	void runNext() {
		// whoever finds the loop running leaves the work to it: completions do not nest
		if (this.wanted.getAndIncrement() > 0) {
			return;
		}
		int seen = 1;
		while (seen > 0) {
			nextTasks().forEach(this::start);
			seen = this.wanted.addAndGet(-seen);
		}
	}

	/**
	 * Take no more commands.
	 * @return completed when those taken are answered
	 */
	CompletableFuture<Void> end() {
		synchronized (this) {
			this.ending = true;
		}
		completeIfIdle();
		return this.idle;
	}

	/**
	 * Forget what has not begun.
	 */
	synchronized void clear() {
		this.parked.clear();
		this.ordered.clear();
		this.ending = true;
	}

	private synchronized Task admit(Command command) {
		CommandHandler.Place place = this.dispatcher.place(command);
		long size = COMMAND_OVERHEAD;
		for (Argument argument : command.arguments()) {
			size += argument.value().length();
		}
		if (this.ending) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down");
		}
		boolean control = place == CommandHandler.Place.ALWAYS_ADMITTED;
		if (!control && this.bytes + size > this.session.options().maxWaitingBytes() && this.bytes > 0) {
			throw new IrpcException(ErrorCode.RESOURCE_EXHAUSTED,
					"Too many commands wait (expected: <= " + this.session.options().maxWaitingBytes() + " bytes)");
		}
		String id = command.id();
		if (id != null && id.isEmpty()) {
			id = pickId();
		}
		if (id != null && !this.idsInUse.add(id)) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "A command with the id " + id + " is still running");
		}
		Task task = new Task(new Invocation(this.session, command, (id != null) ? id : ""), place, size);
		this.bytes += size;
		if (task.isOrdered()) {
			this.ordered.add(task);
		}
		else if (!control) {
			this.parked.add(task);
		}
		else {
			this.controlRunning++;
		}
		return task;
	}

	private String pickId() {
		String id;
		do {
			id = "x" + Long.toHexString(++this.pickedIds).toUpperCase(Locale.ROOT);
		}
		while (this.idsInUse.contains(id));
		return id;
	}

	private synchronized List<Task> nextTasks() {
		List<Task> tasks = new ArrayList<>();
		while (this.running < this.session.options().maxRunningCommands() && this.session.isWritable()) {
			Task task = this.orderedRunning ? null : this.ordered.poll();
			if (task != null) {
				this.orderedRunning = true;
			}
			else {
				task = this.parked.poll();
			}
			if (task == null) {
				break;
			}
			this.running++;
			tasks.add(task);
		}
		return tasks;
	}

	private void start(Task task) {
		if (task.place == CommandHandler.Place.EXECUTOR) {
			this.dispatcher.execute(task.invocation, (response) -> complete(task, response));
		}
		else {
			this.dispatcher.run(task.invocation, (response) -> complete(task, response));
		}
	}

	private void complete(Task task, Response response) {
		synchronized (this) {
			// before the response leaves, as the peer may use the id again at once
			this.idsInUse.remove(response.id());
			this.bytes -= task.size;
		}
		this.session.send(response);
		if (response.type() == Response.Type.VALUE) {
			task.invocation.runAfterResponse();
		}
		synchronized (this) {
			if (task.isOrdered()) {
				this.orderedRunning = false;
				this.running--;
			}
			else if (task.place == CommandHandler.Place.ALWAYS_ADMITTED) {
				this.controlRunning--;
			}
			else {
				this.running--;
			}
		}
		runNext();
		completeIfIdle();
	}

	private void completeIfIdle() {
		boolean done;
		synchronized (this) {
			done = this.ending && this.running + this.controlRunning == 0 && this.parked.isEmpty()
					&& this.ordered.isEmpty();
		}
		if (done) {
			this.idle.complete(null);
		}
	}

	private record Task(Invocation invocation, CommandHandler.Place place, long size) {

		boolean isOrdered() {
			return this.invocation.command().id() == null;
		}

	}

}
