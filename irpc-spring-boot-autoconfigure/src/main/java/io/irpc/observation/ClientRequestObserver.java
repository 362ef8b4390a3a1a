package io.irpc.observation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.irpc.call.CallObserver;
import io.irpc.call.CallRequest;
import io.irpc.call.ConnectionLostException;
import io.irpc.call.ObservedCall;
import io.irpc.payload.Payload;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.TraceParent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each call, in whose trace the call is sent.
 */
final class ClientRequestObserver implements CallObserver {

	private final ObservationRegistry registry;

	private final @Nullable IrpcClientRequestObservationConvention convention;

	private final CalledFunctions functions = new CalledFunctions();

	ClientRequestObserver(ObservationRegistry registry, @Nullable IrpcClientRequestObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public ObservedCall begun(CallRequest request) {
		if (this.registry.isNoop()) {
			return ObservedCall.NONE;
		}
		IrpcClientRequestContext context = new IrpcClientRequestContext(request, this.functions);
		ObservedRequest observed = new ObservedRequest(request, context, this.registry,
				() -> IrpcObservationDocumentation.CLIENT_REQUESTS.observation(this.convention,
						Conventions.CLIENT_REQUEST, () -> context, this.registry));
		return observed.start() ? observed : ObservedCall.NONE;
	}

	/**
	 * A call that is observed.
	 */
	private static final class ObservedRequest extends GuardedObservation implements ObservedCall {

		private final IrpcClientRequestContext context;

		ObservedRequest(CallRequest request, IrpcClientRequestContext context, ObservationRegistry registry,
				Supplier<Observation> maker) {
			super(request, registry, maker);
			this.context = context;
		}

		@Override
		public @Nullable TraceParent traceParent() {
			TraceCarrier carrier = this.context.getCarrier();
			return (carrier != null) ? carrier.traceParent() : null;
		}

		@Override
		public void ended(@Nullable Payload value, @Nullable Throwable failure) {
			if (value != null) {
				this.context.setResponse(value);
			}
			Throwable cause = failure;
			while (cause instanceof CompletionException && cause.getCause() != null) {
				cause = cause.getCause();
			}
			ErrorCode code = (cause != null) ? code(cause) : null;
			this.context.ended((cause instanceof ConnectionLostException) ? IrpcOutcome.UNKNOWN : IrpcOutcome.of(code),
					code);
			stop(cause);
		}

		private static ErrorCode code(Throwable cause) {
			if (cause instanceof CancellationException) {
				return ErrorCode.CANCELLED;
			}
			return (cause instanceof IrpcException error) ? error.code() : ErrorCode.INTERNAL;
		}

	}

}
