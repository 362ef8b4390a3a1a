package io.irpc.service;

import io.irpc.protocol.Command;
import org.jspecify.annotations.Nullable;

/**
 * What a command is about to use.
 *
 * @param kind the kind of use
 * @param name the name of the function, event or command
 * @since 0.1.0
 */
public record Access(Kind kind, String name) {

	/**
	 * Find out what a command is about to use, whether it exists or not. Names in
	 * parameters that the command does not know are of no account: a peer can send any. A
	 * function that is called by an older name is the same function: no rule is evaded by
	 * an alias.
	 * @param command the command
	 * @param functions the functions, for their current names
	 * @return its function or event, the command itself if it is about neither
	 */
	public static Access of(Command command, ServiceMethodRegistry functions) {
		Access access = switch (command.name()) {
			case "call" -> named(command, Kind.FUNCTION, Kind.RAISING);
			case "help" -> named(command, Kind.FUNCTION, Kind.EVENT);
			case "monitor", "callback" -> named(command, null, Kind.EVENT);
			default -> new Access(Kind.COMMAND, command.name());
		};
		ServiceMethod function = (access.kind() == Kind.FUNCTION) ? functions.find(access.name()) : null;
		return (function != null) ? new Access(Kind.FUNCTION, function.name()) : access;
	}

	// what a record has by itself is slow on Java 17, and each command asks for it
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Access that && this.kind == that.kind && this.name.equals(that.name);
	}

	@Override
	public int hashCode() {
		return 31 * this.kind.hashCode() + this.name.hashCode();
	}

	private static Access named(Command command, @Nullable Kind ofFunction, Kind ofEvent) {
		String function = command.internal("fn");
		String event = command.internal("ev");
		if (ofFunction != null && function != null) {
			return new Access(ofFunction, function);
		}
		return (event != null) ? new Access(ofEvent, event) : new Access(Kind.COMMAND, command.name());
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
