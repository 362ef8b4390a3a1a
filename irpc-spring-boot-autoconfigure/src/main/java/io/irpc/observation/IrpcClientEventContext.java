package io.irpc.observation;

import io.irpc.client.ReceivedEvent;
import io.irpc.session.TraceParent;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * An event whose handling is observed. The carrier tells where the event comes from.
 *
 * @since 0.1.0
 */
public final class IrpcClientEventContext extends ReceiverContext<ReceivedEvent> {

	private final ReceivedEvent event;

	IrpcClientEventContext(ReceivedEvent event) {
		super((carrier, key) -> key.equals(TraceParent.PARAMETER) ? traceParent(carrier) : null, Kind.CONSUMER);
		this.event = event;
		setCarrier(event);
		setRemoteServiceName(event.client());
	}

	private static @Nullable String traceParent(ReceivedEvent event) {
		return (event.traceParent() != null) ? event.traceParent().toString() : null;
	}

	/**
	 * Return where the event comes from.
	 * @return the event, without its value
	 */
	public ReceivedEvent getEvent() {
		return this.event;
	}

}
