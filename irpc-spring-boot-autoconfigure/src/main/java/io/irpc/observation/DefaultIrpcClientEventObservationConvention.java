package io.irpc.observation;

import io.irpc.client.ReceivedEvent;
import io.irpc.observation.IrpcObservationDocumentation.HighCardinalityKey;
import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.micrometer.common.KeyValues;

/**
 * Names and describes events that are handled unless the application has its own
 * convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcClientEventObservationConvention implements IrpcClientEventObservationConvention {

	@Override
	public String getName() {
		return IrpcObservationDocumentation.CLIENT_EVENTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcClientEventContext context) {
		return "irpc handle " + context.getEvent().event();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcClientEventContext context) {
		ReceivedEvent event = context.getEvent();
		return KeyValues.of(RequestKeys.orNone(LowCardinalityKey.CLIENT, event.client()),
				LowCardinalityKey.EVENT.withValue(event.event()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(IrpcClientEventContext context) {
		ReceivedEvent event = context.getEvent();
		return KeyValues.of(HighCardinalityKey.SUBSCRIPTION.withValue(event.subscription()),
				RequestKeys.orNone(HighCardinalityKey.CURSOR, event.cursor()));
	}

}
