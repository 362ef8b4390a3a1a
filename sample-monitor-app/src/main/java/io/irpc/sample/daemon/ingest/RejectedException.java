package io.irpc.sample.daemon.ingest;

import java.io.Serial;

/**
 * Says why a file does not count.
 */
final class RejectedException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	RejectedException(String reason) {
		super(reason);
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
