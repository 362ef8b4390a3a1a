package io.irpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and describes the observation of events that are raised. A bean of this type
 * takes the place of {@link DefaultIrpcEventRaiseObservationConvention}.
 *
 * @since 0.1.0
 */
public interface IrpcEventRaiseObservationConvention extends ObservationConvention<IrpcEventRaiseContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof IrpcEventRaiseContext;
	}

}
