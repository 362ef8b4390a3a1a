package io.irpc.docs.services;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.ErrorResponseResolver;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Maps exceptions of the application.
 */
// tag::resolver[]
@Component
class StationErrors implements ErrorResponseResolver {

	@Override
	public @Nullable IrpcException resolve(Throwable failure, Invocation invocation) {
		if (failure instanceof StationLockedException locked) {
			return new IrpcException(ErrorCode.UNAVAILABLE, "Station " + locked.station() + " is being changed");
		}
		return null;
	}

}
// end::resolver[]
