package io.irpc.actuate;

import java.io.Serial;

/**
 * Something that the endpoint was asked for does not exist.
 *
 * @since 0.1.0
 */
public final class UnknownIdException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what was asked for, and what there is
	 */
	public UnknownIdException(String message) {
		super(message);
	}

}
