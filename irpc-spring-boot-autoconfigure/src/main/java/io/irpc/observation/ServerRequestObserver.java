package io.irpc.observation;

import java.util.Set;
import java.util.function.Supplier;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Response;
import io.irpc.session.CommandHandler;
import io.irpc.session.CommandObserver;
import io.irpc.session.Invocation;
import io.irpc.session.ObservedCommand;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each command that does more than to steer the session.
 */
final class ServerRequestObserver implements CommandObserver {

	private final ObservationRegistry registry;

	private final @Nullable IrpcServerRequestObservationConvention convention;

	private final Set<String> ignored;

	/**
	 * Create an observer.
	 * @param registry where the observations go
	 * @param convention names them, {@code null} for the default
	 * @param ignored the names of commands that are not observed
	 */
	ServerRequestObserver(ObservationRegistry registry, @Nullable IrpcServerRequestObservationConvention convention,
			Set<String> ignored) {
		this.registry = registry;
		this.convention = convention;
		this.ignored = ignored;
	}

	@Override
	public ObservedCommand received(Invocation invocation, @Nullable CommandHandler handler) {
		if (this.registry.isNoop() || this.ignored.contains(invocation.command().name())) {
			return ObservedCommand.NONE;
		}
		IrpcServerRequestContext context = new IrpcServerRequestContext(invocation, handler);
		ObservedRequest observed = new ObservedRequest(invocation, context, this.registry,
				() -> IrpcObservationDocumentation.SERVER_REQUESTS.observation(this.convention,
						Conventions.SERVER_REQUEST, () -> context, this.registry));
		return observed.start() ? observed : ObservedCommand.NONE;
	}

	/**
	 * A command that is observed.
	 */
	private static final class ObservedRequest extends GuardedObservation implements ObservedCommand {

		private final IrpcServerRequestContext context;

		ObservedRequest(Invocation invocation, IrpcServerRequestContext context, ObservationRegistry registry,
				Supplier<Observation> maker) {
			super(invocation, registry, maker);
			this.context = context;
		}

		@Override
		public void answered(Response response, @Nullable IrpcException failure) {
			this.context.setResponse(response);
			end((failure != null) ? failure.code() : null, failure);
		}

		@Override
		public void abandoned() {
			end(ErrorCode.CANCELLED, null);
		}

		private void end(@Nullable ErrorCode code, @Nullable IrpcException failure) {
			this.context.ended(code);
			stop((failure != null) ? observable(failure) : null);
		}

		// without causes that quote arguments, where the caller is told why anyway
		private static Throwable observable(IrpcException failure) {
			if (failure.getCause() == null) {
				return failure;
			}
			if (failure.code() == ErrorCode.INTERNAL) {
				return failure.getCause();
			}
			IrpcException alone = new IrpcException(failure.code(), failure.getMessage());
			alone.setStackTrace(failure.getStackTrace());
			return alone;
		}

	}

}
