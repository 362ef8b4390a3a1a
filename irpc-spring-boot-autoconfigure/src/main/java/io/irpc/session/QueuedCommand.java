package io.irpc.session;

import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * A command that was taken and is not answered.
 *
 * @param invocation the command
 * @param lane in which order it runs
 * @param place where it runs
 * @param size the bytes it counts for
 * @param refusal why it is not run at all, {@code null} to run it
 */
record QueuedCommand(Invocation invocation, Lane lane, CommandHandler.Place place, long size,
		@Nullable IrpcException refusal) {

	/**
	 * About what a command without arguments takes in memory while it waits.
	 */
	static final int OVERHEAD = 1024;

	/**
	 * Return what a command counts for.
	 * @param command the command
	 * @return the number of bytes
	 */
	static long size(Command command) {
		long size = OVERHEAD;
		for (Argument argument : command.arguments()) {
			size += argument.value().length();
		}
		return size;
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
