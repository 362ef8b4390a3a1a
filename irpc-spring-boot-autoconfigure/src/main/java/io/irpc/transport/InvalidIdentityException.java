package io.irpc.transport;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A {@link ServerIdentity} that is there and cannot be used.
 *
 * @since 0.1.0
 */
public final class InvalidIdentityException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	InvalidIdentityException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
