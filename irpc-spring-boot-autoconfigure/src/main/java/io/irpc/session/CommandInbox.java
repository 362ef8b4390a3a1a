package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;
import io.irpc.session.QueuedCommand.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the commands of one session run: those with an id at once and in any
 * order, those without one after the other, all within the session's limits (protocol §2
 * and §8). What finds no place is parked, so that the socket is always read and a handler
 * that calls back gets its answer.
 */
final class CommandInbox {

	/**
	 * Refusals of commands without an id wait as well, since they are answered in order:
	 * up to this multiple of the bytes that commands may wait with.
	 */
	private static final int FLOOD_FACTOR = 2;

	private final IrpcSession session;

	private final SessionHandler handler;

	private final CommandDispatcher dispatcher;

	private final MemoryBudget memory;

	private final Set<String> idsInUse = new HashSet<>();

	private final Deque<QueuedCommand> parked = new ArrayDeque<>();

	private final Deque<QueuedCommand> ordered = new ArrayDeque<>();

	private final AtomicInteger wanted = new AtomicInteger();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private boolean orderedRunning;

	private boolean ending;

	private int running;

	private long bytes;

	private long waitingBytes;

	private boolean left;

	private long pickedIds;

	CommandInbox(IrpcSession session, SessionHandler handler, SessionEnvironment environment) {
		this.session = session;
		this.handler = handler;
		this.dispatcher = environment.dispatcher();
		this.memory = environment.memory();
	}

	/**
	 * Take a command. Called on the event loop.
	 * @param command the command
	 */
	void accept(Command command) {
		take(command, this.dispatcher.place(command), QueuedCommand.size(command), null);
	}

	/**
	 * Answer a line that is no valid command. Called on the event loop.
	 * @param ex what is wrong with it
	 */
	void refuse(ProtocolException ex) {
		Command command = new Command("", ex.commandId(), Map.of(), List.of());
		take(command, CommandHandler.Place.EVENT_LOOP, QueuedCommand.OVERHEAD, ex);
	}

	private void take(Command command, CommandHandler.Place place, long size, @Nullable IrpcException malformed) {
		IrpcException refusal;
		QueuedCommand task;
		boolean flooded;
		long reserved = this.memory.reserve(size) ? size : 0;
		synchronized (this) {
			if (this.left) {
				this.memory.release(reserved);
				return;
			}
			String id = (command.id() != null && command.id().isEmpty()) ? pickId() : command.id();
			refusal = (malformed != null) ? malformed : refusal(id, place, size, reserved);
			Invocation invocation = new Invocation(this.session, command, (id != null) ? id : "");
			task = new QueuedCommand(invocation, Lane.of(id, place), place,
					(refusal != null) ? QueuedCommand.OVERHEAD : size, refusal);
			if (refusal == null || task.lane() == Lane.ORDERED) {
				enqueue(task);
				reserved -= task.size();
			}
			flooded = (refusal != null || place == CommandHandler.Place.ALWAYS_ADMITTED)
					&& this.bytes - task.size() > FLOOD_FACTOR * this.session.options().maxWaitingBytes();
		}
		this.memory.release(reserved);
		if (flooded) {
			this.handler.end(new LimitException(Limit.WAITING_BYTES, "Too many commands wait"));
		}
		else if (task.lane() == Lane.ORDERED || (task.lane() == Lane.FREE && refusal == null)) {
			runNext();
		}
		else if (refusal == null) {
			start(task);
		}
		else {
			this.session.send(this.dispatcher.refusal(refusal, this.session, task.invocation().responseId()));
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
		for (int seen = 1; seen > 0; seen = this.wanted.addAndGet(-seen)) {
			nextTasks().forEach(this::start);
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
	 * Forget what has not begun. What has begun goes on, but nobody waits for it.
	 */
	void leave() {
		synchronized (this) {
			if (this.left) {
				return;
			}
			this.left = true;
			this.bytes -= this.waitingBytes;
			this.memory.release(this.waitingBytes);
			this.memory.leave(this.bytes);
			this.parked.clear();
			this.ordered.clear();
			this.ending = true;
		}
		completeIfIdle();
	}

	/**
	 * Return what the commands that run or wait count for.
	 * @return the number of bytes, 0 for a session that has ended
	 */
	synchronized long heldBytes() {
		return this.left ? 0 : this.bytes;
	}

	private @Nullable IrpcException refusal(@Nullable String id, CommandHandler.Place place, long size, long reserved) {
		long maxBytes = this.session.options().maxWaitingBytes();
		if (this.ending) {
			return new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down");
		}
		if (id != null && this.idsInUse.contains(id)) {
			return new IrpcException(ErrorCode.PROTOCOL_ERROR, "A command with the id " + id + " is still running");
		}
		if (place != CommandHandler.Place.ALWAYS_ADMITTED && this.bytes > 0 && this.bytes + size > maxBytes) {
			return new LimitException(Limit.WAITING_BYTES,
					"Too many commands wait (expected: <= " + maxBytes + " bytes)");
		}
		if (place != CommandHandler.Place.ALWAYS_ADMITTED && reserved == 0) {
			return new LimitException(Limit.MEMORY, "The commands of all sessions take too much memory, try again");
		}
		return null;
	}

	private void enqueue(QueuedCommand task) {
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
			this.idsInUse.add(task.invocation().responseId());
		}
	}

	private String pickId() {
		String id;
		do {
			id = "x" + Long.toHexString(++this.pickedIds).toUpperCase(Locale.ROOT);
		}
		while (this.idsInUse.contains(id));
		return id;
	}

	private synchronized List<QueuedCommand> nextTasks() {
		List<QueuedCommand> tasks = new ArrayList<>();
		while (this.running < this.session.options().maxRunningCommands() && this.session.isWritable()
				&& !this.session.isHeld()) {
			QueuedCommand task = this.orderedRunning ? null : this.ordered.poll();
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
			this.waitingBytes -= task.size();
			tasks.add(task);
		}
		return tasks;
	}

	private void start(QueuedCommand task) {
		IrpcException refusal = task.refusal();
		if (refusal != null) {
			complete(task, this.dispatcher.refusal(refusal, this.session, task.invocation().responseId()));
		}
		else if (task.place() == CommandHandler.Place.EXECUTOR) {
			this.dispatcher.execute(task.invocation(), (response) -> complete(task, response));
		}
		else if (this.session.inEventLoop()) {
			this.dispatcher.run(task.invocation(), task.place(), (response) -> complete(task, response));
		}
		else {
			// it was parked, and the thread of the command before it has come for it
			this.session.eventLoop().execute(() -> start(task));
		}
	}

	private void complete(QueuedCommand task, Response response) {
		synchronized (this) {
			// before the response leaves, as the peer may use the id again at once
			this.idsInUse.remove(response.id());
			this.bytes -= task.size();
			if (this.left) {
				this.memory.releaseLeft(task.size());
			}
			else {
				this.memory.release(task.size());
			}
		}
		this.session.send(response);
		if (response.type() == Response.Type.VALUE) {
			task.invocation().runAfterResponse();
		}
		synchronized (this) {
			this.running--;
			if (task.lane() == Lane.ORDERED) {
				this.orderedRunning = false;
			}
		}
		runNext();
		completeIfIdle();
	}

	private void completeIfIdle() {
		boolean done;
		synchronized (this) {
			done = this.ending && this.running == 0 && this.parked.isEmpty() && this.ordered.isEmpty();
		}
		if (done) {
			this.idle.complete(null);
		}
	}

}
