package io.irpc.client;

import java.io.Serial;

import org.springframework.context.ApplicationEvent;

/**
 * Published when an event could not be handled, and is not tried again, by a subscription
 * without a handler of errors. Published on a thread that may block.
 *
 * @since 0.1.0
 */
public final class IrpcEventFailureEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient EventFailure<?> failure;

	/**
	 * Create an event.
	 * @param client the client
	 * @param failure the failure
	 */
	public IrpcEventFailureEvent(IrpcClient client, EventFailure<?> failure) {
		super(client);
		this.failure = failure;
	}

	/**
	 * Return the client.
	 * @return the client
	 */
	public IrpcClient client() {
		return (IrpcClient) getSource();
	}

	/**
	 * Return the failure.
	 * @return the failure
	 */
	public EventFailure<?> failure() {
		return this.failure;
	}

}
