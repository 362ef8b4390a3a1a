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

	private final @Nullable Limit limit;

	private ProtocolException(String message, Consequence consequence, @Nullable String commandId,
			@Nullable Limit limit) {
		super(ErrorCode.PROTOCOL_ERROR, message);
		this.consequence = consequence;
		this.commandId = commandId;
		this.limit = limit;
	}

	static ProtocolException command(@Nullable String commandId, String message) {
		return new ProtocolException(message, Consequence.ANSWER, commandId, null);
	}

	static ProtocolException response(String message) {
		return new ProtocolException(message, Consequence.DROP, null, null);
	}

	static ProtocolException parameters(@Nullable String commandId, int maxParameters) {
		return new ProtocolException("Too many parameters (expected: <= " + maxParameters + ")", Consequence.ANSWER,
				commandId, Limit.PARAMETERS);
	}

	static ProtocolException length(int maxLength) {
		return new ProtocolException("Line too long (expected: <= " + maxLength + " bytes)", Consequence.CLOSE, null,
				Limit.MESSAGE_LENGTH);
	}

	static ProtocolException foreign() {
		return new ProtocolException("A line starts with '!', '>' or '#': this is no IRPC peer", Consequence.CLOSE,
				null, Limit.FOREIGN_PROTOCOL);
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

	@Override
	public @Nullable Limit limit() {
		return this.limit;
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
