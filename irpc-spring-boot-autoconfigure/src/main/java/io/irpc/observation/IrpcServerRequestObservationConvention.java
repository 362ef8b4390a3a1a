package io.irpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and describes the observation of commands of peers. A bean of this type takes the
 * place of {@link DefaultIrpcServerRequestObservationConvention}.
 *
 * @since 0.1.0
 */
public interface IrpcServerRequestObservationConvention extends ObservationConvention<IrpcServerRequestContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof IrpcServerRequestContext;
	}

}
