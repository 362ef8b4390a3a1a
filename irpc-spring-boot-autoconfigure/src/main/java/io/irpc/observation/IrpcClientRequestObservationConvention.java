package io.irpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and describes the observation of calls of clients. A bean of this type takes the
 * place of {@link DefaultIrpcClientRequestObservationConvention}.
 *
 * @since 0.1.0
 */
public interface IrpcClientRequestObservationConvention extends ObservationConvention<IrpcClientRequestContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof IrpcClientRequestContext;
	}

}
