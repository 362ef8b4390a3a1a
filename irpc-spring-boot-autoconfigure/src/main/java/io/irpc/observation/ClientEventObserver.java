package io.irpc.observation;

import io.irpc.client.EventObserver;
import io.irpc.client.ReceivedEvent;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each attempt to handle an event, in the trace of the event.
 */
final class ClientEventObserver implements EventObserver {

	private final ObservationRegistry registry;

	private final @Nullable IrpcClientEventObservationConvention convention;

	ClientEventObserver(ObservationRegistry registry, @Nullable IrpcClientEventObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public void handle(ReceivedEvent event, Runnable handler) {
		new GuardedObservation(event, this.registry,
				() -> IrpcObservationDocumentation.CLIENT_EVENTS.observation(this.convention, Conventions.CLIENT_EVENT,
						() -> new IrpcClientEventContext(event), this.registry))
			.observe(handler);
	}

}
