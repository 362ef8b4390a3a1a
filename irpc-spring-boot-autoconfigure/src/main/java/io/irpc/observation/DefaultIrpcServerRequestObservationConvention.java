package io.irpc.observation;

import io.irpc.observation.IrpcObservationDocumentation.HighCardinalityKey;
import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.irpc.session.Invocation;
import io.irpc.session.SessionUser;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Names and describes commands of peers unless the application has its own convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcServerRequestObservationConvention implements IrpcServerRequestObservationConvention {

	@Override
	public String getName() {
		return IrpcObservationDocumentation.SERVER_REQUESTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcServerRequestContext context) {
		String command = (context.getCommand() != null) ? context.getCommand() : RequestKeys.UNKNOWN;
		return "irpc " + ((context.getFunction() != null) ? command + " " + context.getFunction() : command);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcServerRequestContext context) {
		String command = context.getCommand();
		return KeyValues.of(LowCardinalityKey.COMMAND.withValue((command != null) ? command : RequestKeys.UNKNOWN),
				function(context), RequestKeys.outcome(context.getOutcome()),
				RequestKeys.errorCode(context.getErrorCode()));
	}

	private static KeyValue function(IrpcServerRequestContext context) {
		Invocation invocation = context.getCarrier();
		boolean named = invocation != null && invocation.command().internal("fn") != null;
		String function = context.getFunction();
		return RequestKeys.orNone(LowCardinalityKey.FUNCTION,
				(function != null || !named) ? function : RequestKeys.UNKNOWN);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(IrpcServerRequestContext context) {
		Invocation invocation = context.getCarrier();
		return (invocation != null) ? describe(invocation, context) : KeyValues.empty();
	}

	private static KeyValues describe(Invocation invocation, IrpcServerRequestContext context) {
		return KeyValues.of(HighCardinalityKey.SESSION.withValue(Long.toString(invocation.session().id())),
				RequestKeys.orNone(HighCardinalityKey.USER, user(invocation)),
				RequestKeys.orNone(HighCardinalityKey.PEER_NAME, context.getRemoteServiceName()),
				RequestKeys.orNone(HighCardinalityKey.PEER_ADDRESS, context.getRemoteServiceAddress()));
	}

	// one that is refused has run for nobody
	private static @Nullable String user(Invocation invocation) {
		SessionUser user = (invocation.user() != null) ? invocation.user() : invocation.session().user();
		return (user != null) ? user.principal().getName() : null;
	}

}
