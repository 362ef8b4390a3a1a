package io.irpc.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Response;
import io.irpc.session.CommandTask.Lane;
import io.irpc.transport.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the commands of one session run: those with an id at once and in any
 * order, those without one after the other, all within the session's limits (protocol §2
 * and §8). What finds no place is parked, so that the socket is always read and a handler
 * that calls back gets its answer.
 */
final class CommandInbox implements CommandDispatcher.Completion {

	private final IrpcSession session;

	private final SessionHandler handler;

	private final CommandDispatcher dispatcher;

	private final AcceptedCommands accepted;

	private final CommandEntrance entrance;

	private final Queue<Answered> completed = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean releasing = new AtomicBoolean();

	private final AtomicInteger wanted = new AtomicInteger();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private volatile boolean ending;

	CommandInbox(IrpcSession session, SessionHandler handler, SessionEnvironment environment) {
		this.session = session;
		this.handler = handler;
		this.dispatcher = environment.dispatcher();
		this.accepted = new AcceptedCommands(environment.memory());
		this.entrance = new CommandEntrance(session, handler, this, environment);
	}

	CommandEntrance entrance() {
		return this.entrance;
	}

	/**
	 * Let a command that was taken run as soon as it may. Called on the event loop.
	 * @param task the command
	 * @param running whether it was given its place among those that run
	 */
	void begin(CommandTask task, boolean running) {
		Duration timeout = task.directives().timeout();
		if (timeout != null) {
			task.timer(this.session.schedule(() -> cancel(task, deadlineExceeded()), timeout));
		}
		IrpcException refusal = task.refusal();
		if (running) {
			start(task);
		}
		else if (task.lane() == Lane.ORDERED || refusal == null) {
			runNext();
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
			for (CommandTask task = nextTask(); task != null; task = nextTask()) {
				start(task);
			}
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

	boolean isEnding() {
		return this.ending;
	}

	AcceptedCommands accepted() {
		return this.accepted;
	}

	boolean abandon(CommandTask task) {
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

	private @Nullable CommandTask nextTask() {
		return isReady() ? this.accepted.next(this.session.options().maxRunningCommands()) : null;
	}

	boolean isReady() {
		return this.session.isWritable() && !this.session.isHeld();
	}

	private void start(CommandTask task) {
		IrpcException refusal = task.refusal();
		if (refusal != null) {
			complete(task, () -> this.dispatcher.refusal(refusal, task.invocation()));
		}
		else if (task.place() == CommandHandler.Place.EXECUTOR) {
			this.dispatcher.execute(task, this);
		}
		else if (this.session.inEventLoop()) {
			this.dispatcher.run(task, this);
			Batch.oneDone();
		}
		else {
			// it was parked, and the thread of the command before it has come for it
			this.session.eventLoop().execute(() -> start(task));
		}
	}

	@Override
	public void complete(CommandTask task, Supplier<Response> answer) {
		Response response = task.answer() ? answer.get() : null;
		if (response != null) {
			// here, as others may release it who must not wait for observers
			task.observed().answered(response, task.invocation().failure());
		}
		this.completed.add(new Answered(task, response));
		if (this.releasing.compareAndSet(false, true)) {
			// together with those that the thread runs next, as the event loop wants what
			// guards them as well
			Batch.afterwards(this::releaseCompleted);
		}
	}

	private void releaseCompleted() {
		this.releasing.set(false);
		List<Answered> all = new ArrayList<>();
		for (Answered next = this.completed.poll(); next != null; next = this.completed.poll()) {
			all.add(next);
		}
		// before the responses leave, as the peer may use the ids again at once
		this.accepted.release(all);
		send(all);
		if (this.accepted.freePlaces(all)) {
			runNext();
		}
		completeIfIdle();
	}

	private void send(CommandTask task, Response response) {
		task.observed().answered(response, task.invocation().failure());
		send(List.of(new Answered(task, response)));
	}

	private void send(List<Answered> all) {
		this.handler.outcomes().answered(all);
		List<Response> responses = new ArrayList<>(all.size());
		for (Answered answered : all) {
			if (answered.response() != null && !answered.task().directives().oneway()) {
				responses.add(answered.response());
			}
		}
		this.session.sendAll(responses);
		for (Answered answered : all) {
			Response response = answered.response();
			Invocation invocation = answered.task().invocation();
			if (response != null) {
				if (response.type() == Response.Type.VALUE) {
					invocation.runAfterResponse();
				}
				invocation.answered();
			}
		}
	}

	private void completeIfIdle() {
		if (this.ending && this.accepted.isEmpty()) {
			this.idle.complete(null);
		}
	}

	private static IrpcException deadlineExceeded() {
		return new IrpcException(ErrorCode.DEADLINE_EXCEEDED, "No answer within the time that the caller has set");
	}

	/**
	 * A command that has come to its end.
	 *
	 * @param task the command
	 * @param response its answer, {@code null} if it was answered before
	 */
	record Answered(CommandTask task, @Nullable Response response) {

	}

}
