package io.irpc.protocol;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A line that is no valid message.
 *
 * @since 0.1.0
 */
public final class ProtocolException extends IrpcException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Consequence consequence;

	private final @Nullable String commandId;

	private ProtocolException(String message, Consequence consequence, @Nullable String commandId) {
		super(ErrorCode.PROTOCOL_ERROR, message);
		this.consequence = consequence;
		this.commandId = commandId;
	}

	static ProtocolException command(@Nullable String commandId, String message) {
		return new ProtocolException(message, Consequence.ANSWER, commandId);
	}

	static ProtocolException response(String message) {
		return new ProtocolException(message, Consequence.DROP, null);
	}

	static ProtocolException connection(String message) {
		return new ProtocolException(message, Consequence.CLOSE, null);
	}

	/**
	 * Return what follows from the error.
	 * @return the consequence
	 */
	public Consequence consequence() {
		return this.consequence;
	}

	/**
	 * Return the id of the refused command.
	 * @return the id, {@code null} for none or one that cannot be read
	 */
	public @Nullable String commandId() {
		return this.commandId;
	}

	/**
	 * What a receiver does about an invalid line (protocol §2).
	 */
	public enum Consequence {

		/**
		 * A command: answer the error and go on.
		 */
		ANSWER,

		/**
		 * A response: drop and count it, as an answer to an answer has no end.
		 */
		DROP,

		/**
		 * Not a peer: answer the error with an empty id and close the connection.
		 */
		CLOSE

	}

}
