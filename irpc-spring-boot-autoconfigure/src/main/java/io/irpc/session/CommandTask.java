package io.irpc.session;

import java.util.concurrent.Future;

import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * A command that was taken, until it is answered and nothing runs for it any more. Safe
 * for use by many threads.
 */
final class CommandTask {

	/**
	 * About what a command without arguments takes in memory while it waits.
	 */
	static final int OVERHEAD = 1024;

	private final Invocation invocation;

	private final Lane lane;

	private final CommandHandler.Place place;

	private long size;

	private final Directives directives;

	private final ObservedCommand observed;

	private volatile @Nullable IrpcException refusal;

	private State state = State.WAITING;

	private @Nullable Thread thread;

	private boolean interrupted;

	private @Nullable Runnable canceller;

	private volatile @Nullable StreamResponse stream;

	private @Nullable Future<?> timer;

	/**
	 * Create a task.
	 * @param invocation the command
	 * @param lane in which order it runs
	 * @param place where it runs
	 * @param directives how the sender wants it carried out
	 * @param observed follows it
	 * @param refusal why it is not run at all, {@code null} to run it
	 */
	CommandTask(Invocation invocation, Lane lane, CommandHandler.Place place, Directives directives,
			ObservedCommand observed, @Nullable IrpcException refusal) {
		this.invocation = invocation;
		this.lane = lane;
		this.place = place;
		this.directives = directives;
		this.observed = observed;
		this.refusal = refusal;
		this.size = (refusal != null) ? OVERHEAD : size(invocation.command());
	}

	/**
	 * Return what a command counts for.
	 * @param command the command
	 * @return the number of bytes
	 */
	private static long size(Command command) {
		long size = OVERHEAD;
		for (Argument argument : command.arguments()) {
			size += argument.value().length();
		}
		return size;
	}

	/**
	 * Refuse the command before any other thread knows it.
	 * @param reason why
	 */
	void refuseArrived(IrpcException reason) {
		this.refusal = reason;
		this.size = OVERHEAD;
	}

	Invocation invocation() {
		return this.invocation;
	}

	String id() {
		return this.invocation.responseId();
	}

	Lane lane() {
		return this.lane;
	}

	CommandHandler.Place place() {
		return this.place;
	}

	long size() {
		return this.size;
	}

	Directives directives() {
		return this.directives;
	}

	ObservedCommand observed() {
		return this.observed;
	}

	@Nullable IrpcException refusal() {
		return this.refusal;
	}

	/**
	 * Do not run it when its turn comes.
	 * @param reason why
	 */
	synchronized void refuse(IrpcException reason) {
		if (this.refusal == null) {
			this.refusal = reason;
		}
	}

	synchronized void timer(Future<?> newTimer) {
		this.timer = newTimer;
	}

	/**
	 * Begin to run on this thread.
	 * @return {@code false} if it was answered or given up before
	 */
	synchronized boolean begin() {
		if (this.state != State.WAITING) {
			return false;
		}
		this.state = State.RUNNING;
		this.thread = (this.place == CommandHandler.Place.EXECUTOR) ? Thread.currentThread() : null;
		return true;
	}

	/**
	 * Know that this thread does other work from now on.
	 */
	synchronized void leaveThread() {
		this.thread = null;
		if (this.interrupted) {
			this.interrupted = false;
			Thread.interrupted();
		}
	}

	/**
	 * Give it up if it has not begun.
	 * @return whether it never will
	 */
	synchronized boolean abandon() {
		if (this.state != State.WAITING) {
			return false;
		}
		this.state = State.ANSWERED;
		cancelTimer();
		return true;
	}

	/**
	 * Take the right to answer.
	 * @return whether it was not taken yet
	 */
	synchronized boolean answer() {
		if (this.state == State.ANSWERED) {
			return false;
		}
		this.state = State.ANSWERED;
		cancelTimer();
		return true;
	}

	/**
	 * Send a response that is not final, unless the final one is about to be sent: the
	 * peer may use the id for another command behind it.
	 * @param response the response
	 */
	synchronized void sendUnlessAnswered(Response response) {
		if (this.state != State.ANSWERED) {
			this.invocation.session().send(response);
		}
	}

	/**
	 * Know how to end what runs on no thread of its own.
	 * @param newCanceller ends it, run at once if it was answered meanwhile
	 */
	void onCancel(Runnable newCanceller) {
		synchronized (this) {
			if (this.state != State.ANSWERED) {
				this.canceller = newCanceller;
				return;
			}
		}
		newCanceller.run();
	}

	/**
	 * Know the stream that answers it.
	 * @param newStream the stream
	 */
	void stream(StreamResponse newStream) {
		this.stream = newStream;
		onCancel(newStream::cancel);
	}

	@Nullable StreamResponse stream() {
		return this.stream;
	}

	/**
	 * End what runs, whose result nobody wants.
	 */
	void interrupt() {
		Runnable task;
		synchronized (this) {
			task = this.canceller;
			if (this.thread != null && !this.interrupted) {
				this.interrupted = true;
				this.thread.interrupt();
			}
		}
		if (task != null) {
			task.run();
		}
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	private enum State {

		WAITING, RUNNING, ANSWERED

	}

	/**
	 * In which order commands run.
	 */
	enum Lane {

		/**
		 * One after the other, as there is no id to match the answers by.
		 */
		ORDERED,

		/**
		 * In any order, as many at once as the session may run.
		 */
		FREE,

		/**
		 * At once.
		 */
		CONTROL;

		static Lane of(@Nullable String id, CommandHandler.Place place) {
			if (id == null) {
				return ORDERED;
			}
			return (place == CommandHandler.Place.ALWAYS_ADMITTED) ? CONTROL : FREE;
		}

	}

}
