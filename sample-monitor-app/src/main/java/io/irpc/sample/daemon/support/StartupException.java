package io.irpc.sample.daemon.support;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Stops the start for a reason that the user can remove.
 */
public final class StartupException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param description what is wrong
	 * @param action what the user can do about it
	 * @param cause the cause, if there is one
	 */
	public StartupException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
