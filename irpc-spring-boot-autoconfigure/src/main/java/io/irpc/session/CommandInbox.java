package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;
import io.irpc.session.CommandTask.Lane;
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

	private final AcceptedCommands accepted;

	private final AtomicInteger wanted = new AtomicInteger();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private volatile boolean ending;

	CommandInbox(IrpcSession session, SessionHandler handler, SessionEnvironment environment) {
		this.session = session;
		this.handler = handler;
		this.dispatcher = environment.dispatcher();
		this.memory = environment.memory();
		this.accepted = new AcceptedCommands(this.memory);
	}

	/**
	 * Take a command. Called on the event loop.
	 * @param command the command
	 */
	void accept(Command command) {
		Directives directives;
		try {
			directives = Directives.of(command);
		}
		catch (IrpcException ex) {
			take(command, CommandHandler.Place.EVENT_LOOP, Directives.DEFAULTS, ex);
			return;
		}
		take(command, this.dispatcher.place(command), directives, null);
	}

	/**
	 * Answer a line that is no valid command. Called on the event loop.
	 * @param ex what is wrong with it
	 */
	void refuse(ProtocolException ex) {
		Command command = new Command("", ex.commandId(), Map.of(), List.of());
		take(command, CommandHandler.Place.EVENT_LOOP, Directives.DEFAULTS, ex);
	}

	private void take(Command command, CommandHandler.Place place, Directives directives,
			@Nullable IrpcException malformed) {
		long size = (malformed != null) ? CommandTask.OVERHEAD : CommandTask.size(command);
		long reserved = this.memory.reserve(size) ? size : 0;
		String id = (command.id() != null && command.id().isEmpty()) ? this.accepted.pickId() : command.id();
		Invocation invocation = new Invocation(this.session, command, (id != null) ? id : "", directives);
		// before any other thread may begin to run it
		ObservedCommand observed = this.dispatcher.observe(invocation);
		CommandTask task;
		boolean flooded;
		synchronized (this.accepted) {
			if (this.accepted.isLeft()) {
				this.memory.release(reserved);
				observed.abandoned();
				return;
			}
			IrpcException refusal = (malformed != null) ? malformed : refusal(id, place, size, reserved);
			task = new CommandTask(invocation, Lane.of(id, place), place, directives, observed, refusal);
			if (id == null || this.accepted.find(id) == null) {
				this.handler.outcomes().taken(task);
			}
			if (refusal == null || task.lane() == Lane.ORDERED) {
				this.accepted.add(task);
				reserved -= task.size();
			}
			flooded = (refusal != null || place == CommandHandler.Place.ALWAYS_ADMITTED)
					&& this.accepted.bytes() - task.size() > FLOOD_FACTOR * this.session.options().maxWaitingBytes();
		}
		this.memory.release(reserved);
		if (flooded) {
			abandon(task);
			this.handler.end(new LimitException(Limit.WAITING_BYTES, "Too many commands wait"));
			return;
		}
		if (directives.timeout() != null) {
			task.timer(this.session.schedule(() -> cancel(task, deadlineExceeded(task)), directives.timeout()));
		}
		begin(task);
	}

	private void begin(CommandTask task) {
		IrpcException refusal = task.refusal();
		if (task.lane() == Lane.ORDERED || (task.lane() == Lane.FREE && refusal == null)) {
			runNext();
		}
		else if (refusal == null) {
			start(task);
		}
		else if (task.answer()) {
			send(task, this.dispatcher.refusal(refusal, task.invocation()));
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
	 * Go on with streams that found the session not writable.
	 */
	void resumeStreams() {
		for (CommandTask task : this.accepted.inFlight()) {
			StreamResponse stream = task.stream();
			if (stream != null) {
				stream.request(0);
			}
		}
	}

	/**
	 * Find the stream that answers a command.
	 * @param id the id of the command
	 * @return the stream, {@code null} if there is none
	 */
	@Nullable StreamResponse stream(String id) {
		CommandTask task = this.accepted.find(id);
		return (task != null) ? task.stream() : null;
	}

	/**
	 * End a command early, if it is not answered (protocol §6, feature {@code cancel}).
	 * @param id the id of the command
	 */
	void cancel(String id) {
		CommandTask task = this.accepted.find(id);
		if (task != null) {
			cancel(task, new IrpcException(ErrorCode.CANCELLED, "The caller has cancelled the command"));
		}
	}

	/**
	 * End all commands early that are not answered.
	 * @param reason why
	 */
	void cancelAll(IrpcException reason) {
		this.accepted.inFlight().forEach((task) -> cancel(task, reason));
	}

	private void cancel(CommandTask task, IrpcException reason) {
		if (this.accepted.isQueued(task)) {
			// its answer has to wait for those before it
			task.refuse(reason);
			return;
		}
		boolean parked = this.accepted.unpark(task);
		if (task.answer()) {
			this.accepted.freeId(task);
			send(task, this.dispatcher.refusal(reason, task.invocation()));
			task.interrupt();
		}
		if (parked) {
			completeIfIdle();
		}
	}

	/**
	 * Take no more commands.
	 * @return completed when those taken are answered
	 */
	CompletableFuture<Void> end() {
		this.ending = true;
		completeIfIdle();
		return this.idle;
	}

	/**
	 * Forget what has not begun. What has begun goes on, but nobody waits for it; only
	 * streams end.
	 */
	void leave() {
		for (CommandTask task : this.accepted.leave()) {
			if (!abandon(task) && task.stream() != null) {
				task.interrupt();
			}
		}
		this.ending = true;
		completeIfIdle();
	}

	AcceptedCommands accepted() {
		return this.accepted;
	}

	private boolean abandon(CommandTask task) {
		boolean abandoned = task.abandon();
		if (abandoned) {
			this.handler.outcomes().abandoned(task);
			task.observed().abandoned();
		}
		return abandoned;
	}

	/**
	 * Return what the commands that run or wait count for.
	 * @return the number of bytes, 0 for a session that has ended
	 */
	long heldBytes() {
		return this.accepted.bytes();
	}

	private @Nullable IrpcException refusal(@Nullable String id, CommandHandler.Place place, long size, long reserved) {
		long maxBytes = this.session.options().maxWaitingBytes();
		long bytes = this.accepted.bytes();
		if (this.ending && place != CommandHandler.Place.ALWAYS_ADMITTED) {
			return new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down", NotStarted.DETAILS, null);
		}
		if (id != null && this.accepted.find(id) != null) {
			return new IrpcException(ErrorCode.PROTOCOL_ERROR, "A command with the id " + id + " is still running");
		}
		if (place != CommandHandler.Place.ALWAYS_ADMITTED && bytes > 0 && bytes + size > maxBytes) {
			return new LimitException(Limit.WAITING_BYTES,
					"Too many commands wait (expected: <= " + maxBytes + " bytes)");
		}
		if (place != CommandHandler.Place.ALWAYS_ADMITTED && reserved == 0) {
			return new LimitException(Limit.MEMORY, "The commands of all sessions take too much memory, try again");
		}
		return null;
	}

	private List<CommandTask> nextTasks() {
		List<CommandTask> tasks = new ArrayList<>();
		while (this.session.isWritable() && !this.session.isHeld()) {
			CommandTask task = this.accepted.next(this.session.options().maxRunningCommands());
			if (task == null) {
				break;
			}
			tasks.add(task);
		}
		return tasks;
	}

	private void start(CommandTask task) {
		IrpcException refusal = task.refusal();
		if (refusal != null) {
			complete(task, () -> this.dispatcher.refusal(refusal, task.invocation()));
		}
		else if (task.place() == CommandHandler.Place.EXECUTOR) {
			this.dispatcher.execute(task, (response) -> complete(task, response));
		}
		else if (this.session.inEventLoop()) {
			this.dispatcher.run(task, (response) -> complete(task, response));
		}
		else {
			// it was parked, and the thread of the command before it has come for it
			this.session.eventLoop().execute(() -> start(task));
		}
	}

	private void complete(CommandTask task, Supplier<Response> answer) {
		Response response = task.answer() ? answer.get() : null;
		// before the response leaves, as the peer may use the id again at once
		this.accepted.release(task);
		if (response != null) {
			send(task, response);
		}
		this.accepted.freePlace(task);
		runNext();
		completeIfIdle();
	}

	private void send(CommandTask task, Response response) {
		this.handler.outcomes().answered(task, response);
		if (!task.directives().oneway()) {
			this.session.send(response);
		}
		if (response.type() == Response.Type.VALUE) {
			task.invocation().runAfterResponse();
		}
		task.invocation().answered();
		task.observed().answered(response, task.invocation().failure());
	}

	private void completeIfIdle() {
		if (this.ending && this.accepted.isEmpty()) {
			this.idle.complete(null);
		}
	}

	private static IrpcException deadlineExceeded(CommandTask task) {
		return new IrpcException(ErrorCode.DEADLINE_EXCEEDED, "No answer within the time that the caller has set");
	}

}
