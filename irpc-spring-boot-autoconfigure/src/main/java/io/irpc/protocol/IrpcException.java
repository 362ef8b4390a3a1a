package io.irpc.protocol;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A failure with an error code. Thrown by a function, its code and message go to the
 * caller as they are (protocol §3 and §6); a client throws its subtypes.
 *
 * @since 0.1.0
 */
public class IrpcException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	private final transient @Nullable Object details;

	/**
	 * Create an exception.
	 * @param code why it failed
	 * @param message a text for people, shown to the caller
	 */
	public IrpcException(ErrorCode code, String message) {
		this(code, message, null, null);
	}

	/**
	 * Create an exception with a cause, which stays in this process.
	 * @param code why it failed
	 * @param message a text for people, shown to the caller
	 * @param cause the cause
	 */
	public IrpcException(ErrorCode code, String message, @Nullable Throwable cause) {
		this(code, message, null, cause);
	}

	/**
	 * Create an exception with details for programs.
	 * @param code why it failed
	 * @param message a text for people, shown to the caller
	 * @param details a value that goes to the caller as JSON, {@code null} for none
	 * @param cause the cause, which stays in this process
	 */
	public IrpcException(ErrorCode code, String message, @Nullable Object details, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
		this.details = details;
	}

	/**
	 * Return why it failed.
	 * @return the code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * Return the details for programs.
	 * @return a value with a JSON form, {@code null} for none
	 */
	public @Nullable Object details() {
		return this.details;
	}

	/**
	 * Return the limit that was exceeded.
	 * @return the limit, {@code null} if it is no matter of limits
	 */
	public @Nullable Limit limit() {
		return null;
	}

	/**
	 * Return the text for people.
	 * @return the message
	 */
	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
