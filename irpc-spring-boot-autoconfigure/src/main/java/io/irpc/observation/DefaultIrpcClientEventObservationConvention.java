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

	private final Remembered<Event, Description> descriptions = new Remembered<>(Description::of);

	@Override
	public String getName() {
		return IrpcObservationDocumentation.CLIENT_EVENTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcClientEventContext context) {
		return describe(context).contextualName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcClientEventContext context) {
		return describe(context).keyValues();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(IrpcClientEventContext context) {
		ReceivedEvent event = context.getEvent();
		// in the order in which they are held, so that they need not be sorted
		return KeyValues.of(RequestKeys.orNone(HighCardinalityKey.CURSOR, event.cursor()),
				HighCardinalityKey.SUBSCRIPTION.withValue(event.subscription()));
	}

	private Description describe(IrpcClientEventContext context) {
		return this.descriptions.get(new Event(context.getEvent().client(), context.getEvent().event()));
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

	}

	/**
	 * What is told of an event.
	 *
	 * @param contextualName the name of its handling in a trace
	 * @param keyValues its key values
	 */
	private record Description(String contextualName, KeyValues keyValues) {

		static Description of(Event event) {
			return new Description("irpc handle " + event.name(),
					KeyValues.of(RequestKeys.orNone(LowCardinalityKey.CLIENT, event.client()),
							LowCardinalityKey.EVENT.withValue(event.name())));
		}

	}

}
