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

	PayloadException(String message, boolean malformed, @Nullable Throwable cause) {
		super(message, cause);
		this.malformed = malformed;
	}

	/**
	 * Return whether the bytes are no JSON at all, or break a limit, rather than being a
	 * value of another shape than expected.
	 * @return {@code true} for malformed JSON
	 */
	public boolean isMalformed() {
		return this.malformed;
	}

}
