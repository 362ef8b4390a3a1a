package io.irpc.session;

import org.jspecify.annotations.Nullable;

/**
 * Sees every command of the peers from its arrival to its end, those too that are refused
 * before they run. Must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CommandObserver {

	/**
	 * Sees nothing.
	 */
	CommandObserver NONE = (invocation, handler) -> ObservedCommand.NONE;

	/**
	 * A command has arrived. Called on the event loop; must not block or throw.
	 * @param invocation the command with its session
	 * @param handler what carries it out, {@code null} if the command is not known or no
	 * valid one
	 * @return what follows it, {@link ObservedCommand#NONE} to see nothing of it
	 */
	ObservedCommand received(Invocation invocation, @Nullable CommandHandler handler);

}
