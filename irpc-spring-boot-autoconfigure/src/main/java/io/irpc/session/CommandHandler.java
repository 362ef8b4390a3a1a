package io.irpc.session;

import java.util.concurrent.CompletionStage;

import io.irpc.protocol.Command;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands of one name.
 *
 * @since 0.1.0
 */
public interface CommandHandler {

	/**
	 * Return the name of the commands.
	 * @return the name, such as {@code call}
	 */
	String command();

	/**
	 * Carry out a command. Called on a thread that may block, unless {@link #runsOn} says
	 * otherwise.
	 * @param invocation the command with its session
	 * @return the value to answer, or a {@link CompletionStage} of it
	 * @throws Exception if the command fails; how it is answered is decided elsewhere
	 */
	@Nullable Object handle(Invocation invocation) throws Exception;

	/**
	 * Find the published function that a command is about. Called on the event loop.
	 * @param command the command
	 * @return the qualified name, {@code null} if it is about none, or about one that is
	 * not published
	 */
	default @Nullable String function(Command command) {
		return null;
	}

	/**
	 * Decide where a command runs. Called on the event loop.
	 * @param command the command
	 * @return the place
	 */
	default Place runsOn(Command command) {
		return Place.EXECUTOR;
	}

	/**
	 * Where a command runs.
	 */
	enum Place {

		/**
		 * On a thread of the server's executor, within the limits of the session.
		 */
		EXECUTOR,

		/**
		 * On the event loop, within the limits of the session: for what never blocks.
		 */
		EVENT_LOOP,

		/**
		 * On the event loop whatever the load of the session and of the server: for what
		 * controls the session, is small and never blocks (protocol §8).
		 */
		ALWAYS_ADMITTED

	}

}
