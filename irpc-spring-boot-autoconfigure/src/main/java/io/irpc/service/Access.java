package io.irpc.service;

import io.irpc.protocol.Command;

/**
 * What a command is about to use.
 *
 * @param kind the kind of use
 * @param name the name of the function, event or command
 * @since 0.1.0
 */
public record Access(Kind kind, String name) {

	/**
	 * Find out what a command is about to use, whether it exists or not.
	 * @param command the command
	 * @return its function or event, the command itself if it names neither
	 */
	public static Access of(Command command) {
		String function = command.internal("fn");
		String event = command.internal("ev");
		if (function != null) {
			return new Access(Kind.FUNCTION, function);
		}
		if (event != null) {
			return new Access(command.name().equals("call") ? Kind.RAISING : Kind.EVENT, event);
		}
		return new Access(Kind.COMMAND, command.name());
	}

	/**
	 * A kind of use.
	 */
	public enum Kind {

		/**
		 * A function is called or described.
		 */
		FUNCTION,

		/**
		 * An event is subscribed to, delivered or described.
		 */
		EVENT,

		/**
		 * An event is raised by a peer.
		 */
		RAISING,

		/**
		 * A command that is about no function and no event.
		 */
		COMMAND

	}

}
