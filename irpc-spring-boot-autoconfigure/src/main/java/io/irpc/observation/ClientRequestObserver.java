package io.irpc.observation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.irpc.call.CallRequest;
import io.irpc.call.ClientInterceptor;
import io.irpc.call.ConnectionLostException;
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
final class ClientRequestObserver implements ClientInterceptor {

	private final ObservationRegistry registry;

	private final @Nullable IrpcClientRequestObservationConvention convention;

	private final CalledFunctions functions = new CalledFunctions();

	ClientRequestObserver(ObservationRegistry registry, @Nullable IrpcClientRequestObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public CompletionStage<Payload> intercept(CallRequest request, Chain chain) {
		if (this.registry.isNoop()) {
			return chain.proceed(request);
		}
		IrpcClientRequestContext context = new IrpcClientRequestContext(request, this.functions);
		Observation observation = IrpcObservationDocumentation.CLIENT_REQUESTS.start(this.convention,
				Conventions.CLIENT_REQUEST, () -> context, this.registry);
		CompletionStage<Payload> answer;
		try (Observation.Scope scope = observation.openScope()) {
			answer = chain.proceed(traced(request, context));
		}
		catch (RuntimeException | Error ex) {
			stop(observation, context, ex);
			throw ex;
		}
		return answer.whenComplete((payload, ex) -> {
			context.setResponse(payload);
			stop(observation, context, ex);
		});
	}

	private static CallRequest traced(CallRequest request, IrpcClientRequestContext context) {
		TraceCarrier carrier = context.getCarrier();
		TraceParent traceParent = (carrier != null) ? carrier.traceParent() : null;
		return (traceParent != null) ? request.withTraceParent(traceParent) : request;
	}

	private static void stop(Observation observation, IrpcClientRequestContext context, @Nullable Throwable failure) {
		Throwable cause = failure;
		while (cause instanceof CompletionException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		ErrorCode code = (cause != null) ? code(cause) : null;
		context.ended((cause instanceof ConnectionLostException) ? IrpcOutcome.UNKNOWN : IrpcOutcome.of(code), code);
		if (cause != null) {
			observation.error(cause);
		}
		observation.stop();
	}

	private static ErrorCode code(Throwable cause) {
		if (cause instanceof CancellationException) {
			return ErrorCode.CANCELLED;
		}
		return (cause instanceof IrpcException error) ? error.code() : ErrorCode.INTERNAL;
	}

}
