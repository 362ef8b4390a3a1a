package io.irpc.payload;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be converted. The message is safe to be sent to a peer: it names
 * the member and what is expected there, never a Java type and never the value.
 *
 * @since 0.1.0
 */
public class PayloadException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final boolean malformed;

	private final boolean read;

	PayloadException(String message, boolean malformed, @Nullable Throwable cause) {
		super(message, cause);
		this.malformed = malformed;
		this.read = true;
	}

	/**
	 * Create an exception for a value that was to be written.
	 * @param cause why it cannot
	 */
	PayloadException(Throwable cause) {
		super("The value has no JSON form", cause);
		this.malformed = false;
		this.read = false;
	}

	/**
	 * Return whether the bytes are no JSON at all, or break a limit, rather than being a
	 * value of another shape than expected.
	 * @return {@code true} for malformed JSON
	 */
	public boolean isMalformed() {
		return this.malformed;
	}

	/**
	 * Return whether the cause may quote the JSON that was read, which is not for every
	 * log.
	 * @return {@code false} if there is no cause, or a value was to be written
	 */
	public boolean isCauseQuoting() {
		return this.read && getCause() != null;
	}

}
