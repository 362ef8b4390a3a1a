package io.irpc.observation;

import org.jspecify.annotations.Nullable;

/**
 * The conventions of an application, each {@code null} for the default one.
 *
 * @param serverRequests names and describes commands of peers
 * @param clientRequests names and describes calls
 * @param eventRaises names and describes events that are raised
 * @param clientEvents names and describes events that are handled
 * @since 0.1.0
 */
public record IrpcObservationConventions(@Nullable IrpcServerRequestObservationConvention serverRequests,
		@Nullable IrpcClientRequestObservationConvention clientRequests,
		@Nullable IrpcEventRaiseObservationConvention eventRaises,
		@Nullable IrpcClientEventObservationConvention clientEvents) {

	/**
	 * The default ones.
	 */
	public static final IrpcObservationConventions DEFAULTS = new IrpcObservationConventions(null, null, null, null);

}
