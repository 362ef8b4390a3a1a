package io.irpc.service;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A service, an event or a server that cannot work as it is declared or configured. Fails
 * the start of the application.
 *
 * @since 0.1.0
 */
public final class IrpcConfigurationException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param description what is wrong, with the names of the methods or properties
	 * @param action what to do about it
	 */
	public IrpcConfigurationException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param description what is wrong, with the names of the methods or properties
	 * @param action what to do about it
	 * @param cause the cause
	 */
	public IrpcConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence for the developer
	 */
	public String action() {
		return this.action;
	}

}
