package io.irpc.observation;

import java.util.function.Consumer;

import io.irpc.event.RaiseObserver;
import io.irpc.session.TraceParent;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each event that is raised, to whose trace the event belongs.
 */
final class EventRaiseObserver implements RaiseObserver {

	private final ObservationRegistry registry;

	private final @Nullable IrpcEventRaiseObservationConvention convention;

	EventRaiseObserver(ObservationRegistry registry, @Nullable IrpcEventRaiseObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public void raise(String event, Consumer<@Nullable TraceParent> raising) {
		if (this.registry.isNoop()) {
			NONE.raise(event, raising);
			return;
		}
		IrpcEventRaiseContext context = new IrpcEventRaiseContext(event);
		new GuardedObservation(event, this.registry, () -> IrpcObservationDocumentation.SERVER_EVENTS_RAISED
			.observation(this.convention, Conventions.EVENT_RAISE, () -> context, this.registry)).observe(() -> {
				TraceCarrier carrier = context.getCarrier();
				TraceParent traceParent = (carrier != null) ? carrier.traceParent() : null;
				raising.accept((traceParent != null) ? traceParent : TraceParent.inherited());
			});
	}

}
