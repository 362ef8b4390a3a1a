package io.irpc.transport;

import java.io.IOException;
import java.io.Serial;

/**
 * A file with secrets that others than its owner may use.
 *
 * @since 0.1.0
 */
public final class UnsafeFileException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	UnsafeFileException(String permissions) {
		super("others than its owner may use it: its permissions are " + permissions + " (expected: rw-------)");
	}

}
