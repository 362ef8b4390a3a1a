package io.irpc.observation;

/**
 * The conventions that hold unless the application has its own.
 */
final class Conventions {

	static final IrpcServerRequestObservationConvention SERVER_REQUEST = new DefaultIrpcServerRequestObservationConvention();

	static final IrpcClientRequestObservationConvention CLIENT_REQUEST = new DefaultIrpcClientRequestObservationConvention();

	static final IrpcEventRaiseObservationConvention EVENT_RAISE = new DefaultIrpcEventRaiseObservationConvention();

	static final IrpcClientEventObservationConvention CLIENT_EVENT = new DefaultIrpcClientEventObservationConvention();

	private Conventions() {
	}

}
