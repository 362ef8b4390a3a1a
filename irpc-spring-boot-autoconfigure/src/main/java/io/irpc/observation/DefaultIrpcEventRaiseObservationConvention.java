package io.irpc.observation;

import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.micrometer.common.KeyValues;

/**
 * Names and describes events that are raised unless the application has its own
 * convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcEventRaiseObservationConvention implements IrpcEventRaiseObservationConvention {

	@Override
	public String getName() {
		return IrpcObservationDocumentation.SERVER_EVENTS_RAISED.defaultName();
	}

	@Override
	public String getContextualName(IrpcEventRaiseContext context) {
		return "irpc raise " + context.getEvent();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcEventRaiseContext context) {
		return KeyValues.of(LowCardinalityKey.EVENT.withValue(context.getEvent()));
	}

}
