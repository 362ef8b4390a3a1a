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
		long taken = 0;
		boolean left;
		synchronized (this.accepted) {
			left = this.accepted.isLeft();
			for (CommandTask task : left ? List.<CommandTask>of() : tasks) {
				taken += take(task, hasMemory, maxRunning);
			}
		}
		this.memory.release((hasMemory ? size : 0) - taken);
		for (CommandTask task : tasks) {
			if (left) {
				task.observed().abandoned();
			}
			else {
				begin(task);
			}
		}
	}

	private long take(CommandTask task, boolean hasMemory, int maxRunning) {
		IrpcException refusal = (task.refusal() != null) ? task.refusal() : refusal(task, hasMemory);
		if (refusal != null) {
			task.refuseArrived(refusal);
		}
		if (task.lane() == Lane.ORDERED || this.accepted.find(task.id()) == null) {
			this.handler.outcomes().taken(task);
		}
		boolean isTaken = refusal == null || task.lane() == Lane.ORDERED;
		if (isTaken) {
			task.running(this.accepted.add(task, maxRunning));
		}
		if (refusal != null || task.place() == CommandHandler.Place.ALWAYS_ADMITTED) {
			long others = this.accepted.bytes() - task.size();
			task.flooding(others > FLOOD_FACTOR * this.session.options().maxWaitingBytes());
		}
		return isTaken ? task.size() : 0;
	}

	private void begin(CommandTask task) {
		if (task.isFlooding()) {
			this.inbox.abandon(task);
			this.handler.end(new LimitException(Limit.WAITING_BYTES, "Too many commands wait"));
		}
		else {
			this.inbox.begin(task);
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

}
