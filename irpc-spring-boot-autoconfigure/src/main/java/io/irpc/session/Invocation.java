package io.irpc.session;

import java.util.ArrayList;
import java.util.List;

import io.irpc.protocol.Command;
import io.irpc.protocol.LogSafe;
import org.jspecify.annotations.Nullable;

/**
 * One command of a peer on its way through interceptors to its handler. Used by one
 * thread at a time.
 *
 * @since 0.1.0
 */
public final class Invocation {

	private static final List<String> TARGETS = List.of("fn", "ev");

	private final IrpcSession session;

	private final Command command;

	private final String responseId;

	private @Nullable SessionUser user;

	private @Nullable List<Runnable> afterResponse;

	private volatile boolean sensitive;

	Invocation(IrpcSession session, Command command, String responseId) {
		this.session = session;
		this.command = command;
		this.responseId = responseId;
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

	void begin() {
		this.user = this.session.user();
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
