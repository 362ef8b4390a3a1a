package io.irpc.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.irpc.payload.Payload;
import io.irpc.session.ObservedCommand;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Who surrounds the calls of a client.
 *
 * @param client what they know the client by
 * @param observer sees the calls, outside of those who surround them
 * @param interceptors those who do, the outermost first
 * @since 0.1.0
 */
public record Interception(String client, CallObserver observer, List<ClientInterceptor> interceptors) {

	/**
	 * Nobody.
	 */
	public static final Interception NONE = new Interception("", CallObserver.NONE, List.of());

	/**
	 * Return whether nobody does anything about the calls.
	 * @return {@code true} without observer and interceptors
	 */
	boolean isEmpty() {
		return this.observer == CallObserver.NONE && this.interceptors.isEmpty();
	}

	/**
	 * Lead a call through the interceptors.
	 * @param request the call
	 * @param sender sends it at last
	 * @return what the interceptors have made of it
	 */
	CompletionStage<Payload> intercept(CallRequest request, Function<CallRequest, CompletionStage<Payload>> sender) {
		ObservedCall observed = this.observer.begun(request);
		TraceParent trace = observed.traceParent();
		CompletionStage<Payload> outcome;
		try (ObservedCommand.Scope scope = observed.open()) {
			outcome = proceed(0, (trace != null) ? request.withTraceParent(trace) : request, sender);
		}
		return (observed != ObservedCall.NONE) ? outcome.whenComplete(observed::ended) : outcome;
	}

	private CompletionStage<Payload> proceed(int index, CallRequest request,
			Function<CallRequest, CompletionStage<Payload>> sender) {
		try {
			return (index == this.interceptors.size()) ? sender.apply(request) : checked(index,
					this.interceptors.get(index).intercept(request, (changed) -> proceed(index + 1, changed, sender)));
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletionStage<Payload> checked(int index, @Nullable CompletionStage<Payload> outcome) {
		if (outcome == null) {
			throw new IllegalStateException("The ClientInterceptor " + this.interceptors.get(index)
					+ " has returned null (expected: a stage, such as what chain.proceed(request) returns)");
		}
		return outcome;
	}

}
