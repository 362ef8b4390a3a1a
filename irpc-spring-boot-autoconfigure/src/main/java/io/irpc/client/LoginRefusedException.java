package io.irpc.client;

import java.io.Serial;

/**
 * A login that is not to be repeated with the same credentials.
 */
final class LoginRefusedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	LoginRefusedException(String message) {
		super(message);
	}

}
