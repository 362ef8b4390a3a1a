package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.protocol.ProtocolException;
import io.irpc.session.CommandTask.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Takes the commands of one session, or refuses them, within the session's limits
 * (protocol §2 and §8). Those of one read are taken together, as other threads want what
 * guards them as well. Used on the event loop.
 */
final class CommandEntrance {

	/**
	 * As many commands are taken together.
	 */
	private static final int MAX_ARRIVED = 16;

	/**
	 * Refusals of commands without an id wait as well, since they are answered in order:
	 * up to this multiple of the bytes that commands may wait with.
	 */
	private static final int FLOOD_FACTOR = 2;

	private final IrpcSession session;

	private final SessionHandler handler;

	private final CommandInbox inbox;

	private final CommandDispatcher dispatcher;

	private final MemoryBudget memory;

	private final AcceptedCommands accepted;

	private final List<CommandTask> arrived = new ArrayList<>();

	CommandEntrance(IrpcSession session, SessionHandler handler, CommandInbox inbox, SessionEnvironment environment) {
		this.session = session;
		this.handler = handler;
		this.inbox = inbox;
		this.dispatcher = environment.dispatcher();
		this.memory = environment.memory();
		this.accepted = inbox.accepted();
	}

	/**
	 * Take a command.
	 * @param command the command
	 */
	void accept(Command command) {
		Directives directives;
		try {
			directives = Directives.of(command);
		}
		catch (IrpcException ex) {
			arrive(command, CommandHandler.Place.EVENT_LOOP, Directives.DEFAULTS, ex);
			return;
		}
		arrive(command, this.dispatcher.place(command), directives, null);
	}

	/**
	 * Answer a line that is no valid command.
	 * @param ex what is wrong with it
	 */
	void refuse(ProtocolException ex) {
		Command command = new Command("", ex.commandId(), Map.of(), List.of());
		arrive(command, CommandHandler.Place.EVENT_LOOP, Directives.DEFAULTS, ex);
	}

	private void arrive(Command command, CommandHandler.Place place, Directives directives,
			@Nullable IrpcException malformed) {
		String id = (command.id() != null && command.id().isEmpty()) ? this.accepted.pickId() : command.id();
		Invocation invocation = new Invocation(this.session, command, (id != null) ? id : "", directives);
		// before any other thread may begin to run it
		ObservedCommand observed = this.dispatcher.observe(invocation);
		this.arrived.add(new CommandTask(invocation, Lane.of(id, place), place, directives, observed, malformed));
		// what controls others comes behind those before it, and does not wait
		if (place == CommandHandler.Place.ALWAYS_ADMITTED || malformed != null || this.arrived.size() == MAX_ARRIVED) {
			takeArrived();
		}
	}

	/**
	 * Take the commands that have arrived. To be called when there is nothing more to
	 * read.
	 */
	void takeArrived() {
		if (this.arrived.isEmpty()) {
			return;
		}
		List<CommandTask> tasks = List.copyOf(this.arrived);
		this.arrived.clear();
		long size = 0;
		for (CommandTask task : tasks) {
			size += task.size();
		}
		boolean hasMemory = this.memory.reserve(size);
		int maxRunning = this.inbox.isReady() ? this.session.options().maxRunningCommands() : 0;
		List<Taken> all = new ArrayList<>(tasks.size());
		synchronized (this.accepted) {
			boolean left = this.accepted.isLeft();
			for (CommandTask task : tasks) {
				all.add(left ? new Taken(task, Fate.LEFT, 0) : take(task, hasMemory, maxRunning));
			}
		}
		long taken = 0;
		for (Taken one : all) {
			taken += one.size();
		}
		this.memory.release((hasMemory ? size : 0) - taken);
		all.forEach(this::begin);
	}

	private Taken take(CommandTask task, boolean hasMemory, int maxRunning) {
		IrpcException refusal = (task.refusal() != null) ? task.refusal() : refusal(task, hasMemory);
		if (refusal != null) {
			task.refuseArrived(refusal);
		}
		if (task.lane() == Lane.ORDERED || this.accepted.find(task.id()) == null) {
			this.handler.outcomes().taken(task);
		}
		boolean isTaken = refusal == null || task.lane() == Lane.ORDERED;
		boolean running = isTaken && this.accepted.add(task, maxRunning);
		boolean limited = refusal != null || task.place() == CommandHandler.Place.ALWAYS_ADMITTED;
		boolean flooding = limited
				&& this.accepted.bytes() - task.size() > FLOOD_FACTOR * this.session.options().maxWaitingBytes();
		return new Taken(task, flooding ? Fate.ONE_TOO_MANY : running ? Fate.RUNS : Fate.WAITS,
				isTaken ? task.size() : 0);
	}

	private void begin(Taken taken) {
		CommandTask task = taken.task();
		switch (taken.fate()) {
			case LEFT -> task.observed().abandoned();
			case ONE_TOO_MANY -> {
				this.inbox.abandon(task);
				this.handler.end(new LimitException(Limit.WAITING_BYTES, "Too many commands wait"));
			}
			case RUNS, WAITS -> this.inbox.begin(task, taken.fate() == Fate.RUNS);
		}
	}

	private @Nullable IrpcException refusal(CommandTask task, boolean hasMemory) {
		boolean always = task.place() == CommandHandler.Place.ALWAYS_ADMITTED;
		long maxBytes = this.session.options().maxWaitingBytes();
		long bytes = this.accepted.bytes();
		if (this.inbox.isEnding() && !always) {
			return new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down", NotStarted.DETAILS, null);
		}
		if (task.lane() != Lane.ORDERED && this.accepted.find(task.id()) != null) {
			return new IrpcException(ErrorCode.PROTOCOL_ERROR,
					"A command with the id " + task.id() + " is still running");
		}
		if (!always && bytes > 0 && bytes + task.size() > maxBytes) {
			return new LimitException(Limit.WAITING_BYTES,
					"Too many commands wait (expected: <= " + maxBytes + " bytes)");
		}
		if (!always && !hasMemory) {
			return new LimitException(Limit.MEMORY, "The commands of all sessions take too much memory, try again");
		}
		return null;
	}

	/**
	 * A command that has arrived, and what becomes of it.
	 *
	 * @param task the command
	 * @param fate what becomes of it
	 * @param size the bytes that it counts for, 0 if it is not kept
	 */
	private record Taken(CommandTask task, Fate fate, long size) {

	}

	private enum Fate {

		/**
		 * Its session has ended.
		 */
		LEFT,

		/**
		 * It is one of so many that its session ends.
		 */
		ONE_TOO_MANY,

		/**
		 * It has its place among those that run.
		 */
		RUNS,

		/**
		 * It waits, or is refused.
		 */
		WAITS

	}

}
