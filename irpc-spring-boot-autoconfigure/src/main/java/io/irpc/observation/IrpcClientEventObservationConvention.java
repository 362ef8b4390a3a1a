package io.irpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and describes the observation of events that are handled. A bean of this type
 * takes the place of {@link DefaultIrpcClientEventObservationConvention}.
 *
 * @since 0.1.0
 */
public interface IrpcClientEventObservationConvention extends ObservationConvention<IrpcClientEventContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof IrpcClientEventContext;
	}

}
