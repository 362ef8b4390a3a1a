package io.irpc.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/**
 * An event that is raised while it is observed. Whoever handles it goes on with the trace
 * in the carrier.
 *
 * @since 0.1.0
 */
public final class IrpcEventRaiseContext extends SenderContext<TraceCarrier> {

	private final String event;

	IrpcEventRaiseContext(String event) {
		super(TraceCarrier::set, Kind.PRODUCER);
		this.event = event;
		setCarrier(new TraceCarrier());
	}

	/**
	 * Return which event is raised.
	 * @return the name of a published event
	 */
	public String getEvent() {
		return this.event;
	}

}
