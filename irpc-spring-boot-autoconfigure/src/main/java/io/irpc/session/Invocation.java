package io.irpc.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;

/**
 * One command of a peer on its way through interceptors to its handler. Used by one
 * thread at a time.
 *
 * @since 0.1.0
 */
public final class Invocation {

	private static final List<String> TARGETS = List.of("fn", "ev");

	private static final ContextSnapshotFactory contexts = ContextSnapshotFactory.builder().build();

	private static final ThreadLocal<@Nullable Invocation> current = new ThreadLocal<>();

	private final IrpcSession session;

	private final Command command;

	private final String responseId;

	private final @Nullable Long deadline;

	private final int credit;

	private @Nullable SessionUser user;

	private @Nullable List<Runnable> afterResponse;

	private volatile boolean sensitive;

	private @Nullable IrpcException failure;

	private @Nullable Runnable onAnswered;

	private boolean answered;

	private @Nullable ContextSnapshot context;

	Invocation(IrpcSession session, Command command, String responseId, Directives directives) {
		this.session = session;
		this.command = command;
		this.responseId = responseId;
		Duration timeout = directives.timeout();
		this.deadline = (timeout != null) ? System.nanoTime() + timeout.toNanos() : null;
		this.credit = directives.credit();
	}

	/**
	 * Return the command that runs on this thread.
	 * @return the command, {@code null} for a thread that runs none
	 */
	public static @Nullable Invocation current() {
		return current.get();
	}

	/**
	 * Return how long the caller will still wait for the answer (protocol §6, feature
	 * {@code deadline}).
	 * @return the time, zero or less if it has passed, {@code null} if the caller has set
	 * none
	 */
	public @Nullable Duration remainingTime() {
		return (this.deadline != null) ? Duration.ofNanos(this.deadline - System.nanoTime()) : null;
	}

	/**
	 * Return the context of the trace that the command belongs to (protocol §6, feature
	 * {@code trace}).
	 * @return the caller's {@code traceparent}, {@code null} if it has sent none that is
	 * valid
	 */
	public @Nullable TraceParent traceParent() {
		String value = this.command.internal(TraceParent.PARAMETER);
		return (value != null) ? TraceParent.parse(value) : null;
	}

	int credit() {
		return this.credit;
	}

	/**
	 * Return the session that the command came on.
	 * @return the session
	 */
	public IrpcSession session() {
		return this.session;
	}

	/**
	 * Return the command as it was received.
	 * @return the command
	 */
	public Command command() {
		return this.command;
	}

	/**
	 * Return the user that the command runs for: that of the session when the command
	 * began to run, whatever becomes of the session meanwhile.
	 * @return the user, {@code null} for an anonymous session
	 */
	public @Nullable SessionUser user() {
		return this.user;
	}

	/**
	 * Return the id that responses to the command carry.
	 * @return the id, empty for a command without one
	 */
	public String responseId() {
		return this.responseId;
	}

	/**
	 * Run a task when the final response has been handed to the connection, so that
	 * whatever the task sends comes behind it. Not run if the command fails.
	 * @param task the task, which must not block
	 */
	public void afterResponse(Runnable task) {
		if (this.afterResponse == null) {
			this.afterResponse = new ArrayList<>(1);
		}
		this.afterResponse.add(task);
	}

	/**
	 * Begin to run on this thread.
	 * @return what ran on it until now, to be given to {@link #leave}
	 */
	@Nullable Invocation enter() {
		Invocation outer = current.get();
		this.user = this.session.user();
		current.set(this);
		return outer;
	}

	/**
	 * Go back to what ran on this thread.
	 * @param outer the command, {@code null} for none
	 */
	static void leave(@Nullable Invocation outer) {
		// what runs next on the thread finds its place again
		current.set(outer);
	}

	/**
	 * Keep what belongs to the thread at this moment, such as the user and the trace, for
	 * what is done later for the command on others.
	 */
	void keepContext() {
		this.context = contexts.captureAll();
	}

	ContextSnapshot context() {
		return (this.context != null) ? this.context : contexts.captureAll();
	}

	/**
	 * Declare that a value is sensitive, so that an unexpected failure of the command is
	 * logged without messages.
	 */
	public void markSensitive() {
		this.sensitive = true;
	}

	boolean isSensitive() {
		return this.sensitive;
	}

	/**
	 * Know why the command fails, before it is answered on the same thread.
	 * @param newFailure what the caller is told, with what is not told as its cause
	 */
	void fail(IrpcException newFailure) {
		this.failure = newFailure;
	}

	@Nullable IrpcException failure() {
		return this.failure;
	}

	/**
	 * Run a task as soon as the final response has been handed to the connection, whether
	 * or not the command failed.
	 * @param task the task, which must not block
	 */
	void whenAnswered(Runnable task) {
		synchronized (this) {
			if (!this.answered) {
				this.onAnswered = task;
				return;
			}
		}
		task.run();
	}

	void answered() {
		Runnable task;
		synchronized (this) {
			this.answered = true;
			task = this.onAnswered;
		}
		if (task != null) {
			task.run();
		}
	}

	void runAfterResponse() {
		if (this.afterResponse != null) {
			this.afterResponse.forEach(Runnable::run);
		}
	}

	/**
	 * Describes the command for a log by what it names, without anything else, which may
	 * be confidential: {@code :} is easily typed for {@code =}.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.command.name());
		for (String name : TARGETS) {
			String value = this.command.internal(name);
			if (value != null) {
				text.append(' ').append(name).append(':').append(value);
			}
		}
		return LogSafe.text(text) + " on " + this.session;
	}

}
