package io.irpc.observation;

import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.micrometer.common.KeyValues;

/**
 * Names and describes calls of clients unless the application has its own convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcClientRequestObservationConvention implements IrpcClientRequestObservationConvention {

	private final KnownKeyValues known = new KnownKeyValues(LowCardinalityKey.CLIENT);

	private final Remembered<String, String> names = new Remembered<>((function) -> "irpc call " + function);

	@Override
	public String getName() {
		return IrpcObservationDocumentation.CLIENT_REQUESTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcClientRequestContext context) {
		return this.names.get(function(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcClientRequestContext context) {
		return this.known.of(context.getRequest().client(), function(context), context.getOutcome(),
				context.getErrorCode());
	}

	private static String function(IrpcClientRequestContext context) {
		String function = context.getFunction();
		return (function != null) ? function : RequestKeys.UNKNOWN;
	}

}
