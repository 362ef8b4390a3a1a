package io.irpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.irpc.call.ConnectionLostException;
import io.irpc.call.IrpcClientException;
import io.irpc.call.NotConnectedException;
import io.irpc.protocol.ErrorCode;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a session that calls can be sent on: connected, identified and
 * logged in.
 */
final class ConnectionAttempt {

	private final CompletableFuture<IrpcSession> ready = new CompletableFuture<>();

	private final @Nullable Credentials credentials;

	private final ClientLogin login;

	private final SessionSetup setup;

	private final Executor executor;

	private final Duration answerTimeout;

	private final BooleanSupplier wanted;

	/**
	 * Create an attempt.
	 * @param credentials what to log in with, {@code null} to stay anonymous
	 * @param login logs in
	 * @param setup identifies
	 * @param executor runs what may block
	 * @param answerTimeout time for the peer to say who it is
	 * @param wanted whether there is still to be a session
	 */
	ConnectionAttempt(@Nullable Credentials credentials, ClientLogin login, SessionSetup setup, Executor executor,
			Duration answerTimeout, BooleanSupplier wanted) {
		this.credentials = credentials;
		this.login = login;
		this.setup = setup;
		this.executor = executor;
		this.answerTimeout = answerTimeout;
		this.wanted = wanted;
	}

	/**
	 * Return the outcome.
	 * @return completed with the session on its event loop; or with what has prevented
	 * it, and then the session is closed if there was one
	 */
	CompletableFuture<IrpcSession> ready() {
		return this.ready;
	}

	void fail(Throwable failure) {
		this.ready.completeExceptionally(failure);
	}

	/**
	 * Go on, as there is a session. Both questions are sent before either is answered, so
	 * that a poor line costs one round trip. Called on the event loop.
	 * @param session the session
	 */
	void opened(IrpcSession session) {
		if (!this.wanted.getAsBoolean()) {
			close(session, unwanted());
			return;
		}
		session.whenClosed().thenAccept((reason) -> fail(new ConnectionLostException(reason, null)));
		CompletableFuture<?> identified = timeLimited(this.setup.opened(session, this.executor));
		CompletableFuture<Void> loggedIn = this.login.login(session, this.credentials);
		// whichever fails first says why
		identified.exceptionally((ex) -> {
			close(session, ex);
			return null;
		});
		loggedIn.exceptionally((ex) -> {
			close(session, ex);
			return null;
		});
		CompletableFuture.allOf(identified, loggedIn)
			.thenRunAsync(() -> this.ready.complete(session), session.eventLoop());
	}

	private CompletableFuture<?> timeLimited(CompletionStage<?> identified) {
		return identified.toCompletableFuture()
			.copy()
			.orTimeout(this.answerTimeout.toNanos(), TimeUnit.NANOSECONDS)
			.exceptionallyCompose(
					(ex) -> CompletableFuture
						.failedFuture((ex instanceof TimeoutException)
								? new IrpcClientException(ErrorCode.UNAVAILABLE,
										"no answer to identify within " + this.answerTimeout.toMillis() + " ms", ex)
								: ex));
	}

	private void close(IrpcSession session, Throwable failure) {
		fail(cause(failure));
		session.close("it could not be prepared");
	}

	static NotConnectedException unwanted() {
		return new NotConnectedException("The client wants no connection any more", null);
	}

	/**
	 * Return what a stage has failed with.
	 * @param failure the failure, perhaps as a later stage sees it
	 * @return the failure itself
	 */
	static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
