package io.irpc.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.irpc.payload.PayloadConverter;
import io.irpc.service.ArgumentResolver;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Lets a server call the functions that its clients publish, on their sessions (protocol
 * §1: both ends may send commands). A function that has a parameter of the type
 * {@link IrpcCaller} is given what calls the client that called it. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class SessionCallers implements ArgumentResolver {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final PayloadConverter converter;

	private final WorkerPool workers;

	private final Interception interception;

	/**
	 * Create an instance.
	 * @param converter converts arguments and values
	 * @param workers completes asynchronous calls
	 * @param interception who surrounds calls
	 */
	public SessionCallers(PayloadConverter converter, WorkerPool workers, Interception interception) {
		this.converter = converter;
		this.workers = workers;
		this.interception = interception;
	}

	/**
	 * Return what calls the peer of a session. Calls wait 30 seconds for their answers
	 * unless they say otherwise; when the session ends they fail.
	 * @param session the session
	 * @return the caller
	 */
	public IrpcCaller on(IrpcSession session) {
		return new DefaultIrpcCaller(new SessionChannel(session));
	}

	@Override
	public boolean supports(MethodParameter parameter) {
		return parameter.getParameterType() == IrpcCaller.class;
	}

	@Override
	public Object resolve(MethodParameter parameter, Invocation invocation) {
		return on(invocation.session());
	}

	private final class SessionChannel implements CallChannel {

		private final IrpcSession session;

		SessionChannel(IrpcSession session) {
			this.session = session;
		}

		@Override
		public CompletableFuture<IrpcSession> session() {
			return this.session.whenClosed().isDone()
					? CompletableFuture.failedFuture(new NotConnectedException("The session is closed", null))
					: CompletableFuture.completedFuture(this.session);
		}

		@Override
		public PayloadConverter converter() {
			return SessionCallers.this.converter;
		}

		@Override
		public WorkerPool workers() {
			return SessionCallers.this.workers;
		}

		@Override
		public Completion completion() {
			return Completion.WORKER;
		}

		@Override
		public @Nullable LostCalls lostCalls() {
			return null;
		}

		@Override
		public Interception interception() {
			return SessionCallers.this.interception;
		}

		@Override
		public Duration timeout() {
			return TIMEOUT;
		}

	}

}
