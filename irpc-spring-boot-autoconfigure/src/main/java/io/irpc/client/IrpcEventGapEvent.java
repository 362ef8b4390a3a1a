package io.irpc.client;

import java.io.Serial;

import org.springframework.context.ApplicationEvent;

/**
 * Published where a subscription without a handler of gaps misses events, or may miss
 * some, on a thread that may block and before the next event is handled.
 *
 * @since 0.1.0
 */
public final class IrpcEventGapEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient EventGap gap;

	/**
	 * Create an event.
	 * @param client the client
	 * @param gap the gap
	 */
	public IrpcEventGapEvent(IrpcClient client, EventGap gap) {
		super(client);
		this.gap = gap;
	}

	/**
	 * Return the client.
	 * @return the client
	 */
	public IrpcClient client() {
		return (IrpcClient) getSource();
	}

	/**
	 * Return the gap.
	 * @return the gap
	 */
	public EventGap gap() {
		return this.gap;
	}

}
