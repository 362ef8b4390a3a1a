package io.irpc.observation;

import io.irpc.client.ReceivedEvent;
import io.irpc.observation.IrpcObservationDocumentation.HighCardinalityKey;
import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Names and describes events that are handled unless the application has its own
 * convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcClientEventObservationConvention implements IrpcClientEventObservationConvention {

	private final Remembered<Event, EventDescription> events = new Remembered<>(Event::describe);

	@Override
	public String getName() {
		return IrpcObservationDocumentation.CLIENT_EVENTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcClientEventContext context) {
		return context.described(this::describe).contextualName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcClientEventContext context) {
		return context.described(this::describe).lowCardinality();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(IrpcClientEventContext context) {
		return context.described(this::describe).highCardinality();
	}

	private EventDescription describe(ReceivedEvent event) {
		EventDescription common = this.events.get(new Event(event.client(), event.event()));
		// in the order in which they are held, so that they need not be sorted
		return new EventDescription(common.contextualName(), common.lowCardinality(),
				KeyValues.of(RequestKeys.orNone(HighCardinalityKey.CURSOR, event.cursor()),
						HighCardinalityKey.SUBSCRIPTION.withValue(event.subscription())));
	}

	/**
	 * What an event has in common with others.
	 *
	 * @param client what the application knows the client by
	 * @param name the name of the event
	 */
	private record Event(String client, String name) {

		// what a record has by itself is slow on Java 17, and each event asks for it
		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Event that && this.client.equals(that.client) && this.name.equals(that.name);
		}

		@Override
		public int hashCode() {
			return 31 * this.client.hashCode() + this.name.hashCode();
		}

		EventDescription describe() {
			return new EventDescription("irpc handle " + this.name,
					KeyValues.of(RequestKeys.orNone(LowCardinalityKey.CLIENT, this.client),
							LowCardinalityKey.EVENT.withValue(this.name)),
					KeyValues.empty());
		}

	}

}
