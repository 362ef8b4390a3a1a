package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.irpc.call.ConnectionLostException;
import io.irpc.call.LostCalls;
import io.irpc.call.RemoteCallException;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Response;
import io.irpc.session.Identification;
import io.irpc.session.IrpcSession;
import io.irpc.session.ResponseListener;

/**
 * What is sent on each session of a client before calls are.
 */
final class SessionStart implements SessionSetup {

	private final Identification identification;

	private final PayloadConverter converter;

	private final ClientSubscriptions subscriptions;

	private final LostCalls lostCalls;

	/**
	 * Create an instance for all sessions.
	 * @param identification says who the client is
	 * @param converter reads refusals
	 * @param subscriptions made again on each session
	 * @param lostCalls asked for on each session
	 */
	SessionStart(Identification identification, PayloadConverter converter, ClientSubscriptions subscriptions,
			LostCalls lostCalls) {
		this.identification = identification;
		this.converter = converter;
		this.subscriptions = subscriptions;
		this.lostCalls = lostCalls;
	}

	@Override
	public CompletionStage<?> opened(IrpcSession session, Executor executor) {
		Answer answer = new Answer();
		session.pending().send(this.identification.command(), answer);
		return answer.thenAcceptAsync((response) -> identified(session, response), executor);
	}

	private void identified(IrpcSession session, Response response) {
		// any other error says that the peer does not know the command
		if (response.type() == Response.Type.EXCEPTION && response.value().isObject() && RemoteCallException
			.of(response.value(), this.converter) instanceof RemoteCallException.Unavailable refusal) {
			throw refusal;
		}
		this.identification.apply(session, response);
	}

	@Override
	public void loggedIn(IrpcSession session) {
		this.subscriptions.subscribe(session);
		this.lostCalls.resolve(session);
	}

	/**
	 * The answer to {@code identify}. A base peer answers with an error, which is fine:
	 * nothing beyond the base is sent.
	 */
	private static final class Answer extends CompletableFuture<Response> implements ResponseListener {

		@Override
		public boolean received(Response response) {
			if (response.isFinal()) {
				complete(response);
			}
			return response.isFinal();
		}

		@Override
		public void closed(String reason) {
			completeExceptionally(new ConnectionLostException(reason, null));
		}

	}

}
