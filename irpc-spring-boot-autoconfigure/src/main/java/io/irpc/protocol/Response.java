package io.irpc.protocol;

import io.irpc.payload.Payload;

/**
 * A response (protocol §2).
 *
 * @param id the id of the command that it answers, empty for a command without one
 * @param type the kind of response
 * @param value the value, not parsed
 * @since 0.1.0
 */
public record Response(String id, Type type, Payload value) implements IrpcMessage {

	/**
	 * Create the final response that carries a value.
	 * @param id the id of the command
	 * @param value the value
	 * @return the response
	 */
	public static Response value(String id, Payload value) {
		return new Response(id, Type.VALUE, value);
	}

	/**
	 * Create the final response of a command that failed.
	 * @param id the id of the command
	 * @param error the error
	 * @return the response
	 */
	public static Response exception(String id, Payload error) {
		return new Response(id, Type.EXCEPTION, error);
	}

	/**
	 * Create the firing of an event for a {@code monitor} command.
	 * @param id the id of the command
	 * @param arguments the arguments of the event
	 * @return the response
	 */
	public static Response signal(String id, Payload arguments) {
		return new Response(id, Type.SIGNAL, arguments);
	}

	/**
	 * Return whether the command has no further response.
	 * @return {@code true} for a final response
	 */
	public boolean isFinal() {
		return this.type == Type.VALUE || this.type == Type.EXCEPTION;
	}

	/**
	 * The kinds of responses.
	 */
	public enum Type {

		/**
		 * The value of a command that succeeded.
		 */
		VALUE(""),

		/**
		 * The error of a command that failed.
		 */
		EXCEPTION("Exception"),

		/**
		 * The firing of an event (protocol §5.1).
		 */
		SIGNAL("Signal"),

		/**
		 * An element of a stream (protocol §7).
		 */
		NEXT("Next");

		private final String wireName;

		Type(String wireName) {
			this.wireName = wireName;
		}

		/**
		 * Return the kind as it stands on the wire.
		 * @return the name, empty for a value
		 */
		public String wireName() {
			return this.wireName;
		}

	}

}
