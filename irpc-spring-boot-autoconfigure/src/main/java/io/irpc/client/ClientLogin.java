package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.call.ConnectionLostException;
import io.irpc.call.IrpcClientException;
import io.irpc.call.RemoteCallException;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.ResponseListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs the sessions of a client in (protocol §3).
 */
final class ClientLogin {

	private static final Log logger = LogFactory.getLog(ClientLogin.class);

	/**
	 * More than servers let those wait whose logins failed.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final @Nullable ClientCredentials source;

	private final String name;

	private final PayloadConverter converter;

	private final Executor executor;

	private volatile @Nullable Refusal refusal;

	/**
	 * Create a login.
	 * @param source supplies credentials, {@code null} to stay anonymous
	 * @param name the name of the client
	 * @param converter converts arguments and answers
	 * @param executor runs what may block
	 */
	ClientLogin(@Nullable ClientCredentials source, String name, PayloadConverter converter, Executor executor) {
		this.source = source;
		this.name = name;
		this.converter = converter;
		this.executor = executor;
	}

	/**
	 * Ask for the credentials of the next connection. May block.
	 * @return the credentials, {@code null} to stay anonymous
	 * @throws LoginRefusedException if they are those that were refused
	 * @throws RuntimeException if there are none now
	 */
	@Nullable Credentials credentials() {
		if (this.source == null) {
			return null;
		}
		Credentials next = this.source.get();
		Refusal known = this.refusal;
		if (known != null && (next == null || known.credentials().equals(next))) {
			throw known.reason();
		}
		return next;
	}

	/**
	 * Log a session in.
	 * @param session the session
	 * @param credentials the credentials, {@code null} to stay anonymous
	 * @return completed when the session may be used; or with a
	 * {@link LoginRefusedException}, or with what may be different the next time
	 */
	CompletableFuture<Void> login(IrpcSession session, @Nullable Credentials credentials) {
		if (credentials == null) {
			return CompletableFuture.completedFuture(null);
		}
		if (!session.isEncrypted() && !session.isLocal()) {
			return CompletableFuture.runAsync(() -> {
				throw refused(credentials,
						credentials + " is not sent in plain text to another host: others may read it. Use TLS");
			}, this.executor);
		}
		CompletableFuture<Void> result = (credentials instanceof PairingCode pairing) ? pair(session, pairing)
				: send(session, "login", loginArguments(credentials))
					.thenAcceptAsync((response) -> check(credentials, response), this.executor);
		return result.orTimeout(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
			.exceptionallyCompose((ex) -> CompletableFuture.failedFuture((ex instanceof TimeoutException)
					? new IrpcClientException(ErrorCode.UNAVAILABLE, "no answer to the login within " + TIMEOUT, ex)
					: ex));
	}

	private CompletableFuture<Void> pair(IrpcSession session, PairingCode pairing) {
		return send(session, "pair", List.of(argument("code", pairing.code()), argument("name", this.name)))
			.thenApplyAsync((response) -> token(pairing, response), this.executor)
			.thenCompose((token) -> login(session, Credentials.ofToken(token)));
	}

	private String token(PairingCode pairing, Response response) {
		if (response.type() != Response.Type.VALUE) {
			RemoteCallException failure = failure(pairing, response);
			throw (failure.code() == ErrorCode.UNKNOWN_FUNCTION)
					? refused(pairing, "The server does not pair clients, so the code in the address is of no use")
					: failure;
		}
		Paired paired = this.converter.read(response.value(), Paired.class);
		String token = (paired != null) ? paired.token() : null;
		if (token == null) {
			throw unexpected("pair", "an object with a token");
		}
		pairing.keeper().accept(token);
		return token;
	}

	private void check(Credentials credentials, Response response) {
		if (response.type() != Response.Type.VALUE) {
			RemoteCallException failure = failure(credentials, response);
			if (failure.code() != ErrorCode.UNKNOWN_FUNCTION) {
				throw failure;
			}
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("The server knows no logins, so it has no use for " + credentials);
			}
			return;
		}
		Boolean accepted = this.converter.read(response.value(), Boolean.class);
		if (accepted == null) {
			throw unexpected("login", "true or false");
		}
		if (!accepted) {
			throw refused(credentials, "The server refuses " + credentials);
		}
		this.refusal = null;
	}

	private RemoteCallException failure(Credentials credentials, Response response) {
		RemoteCallException failure = RemoteCallException.of(response.value(), this.converter);
		return switch (failure.code()) {
			case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT ->
				throw refused(credentials, "The server refuses " + credentials + ": " + failure.getMessage());
			default -> failure;
		};
	}

	private LoginRefusedException refused(Credentials credentials, String message) {
		LoginRefusedException reason = new LoginRefusedException(message);
		this.refusal = new Refusal(credentials, reason);
		if (this.source != null) {
			this.source.refused(credentials);
		}
		return reason;
	}

	private static IrpcClientException unexpected(String function, String expected) {
		return new IrpcClientException(ErrorCode.INTERNAL,
				"the server's answer to " + function + " is not the expected: " + expected, null);
	}

	private List<Argument> loginArguments(Credentials credentials) {
		if (credentials instanceof PasswordCredentials user) {
			return List.of(argument("username", user.username()), argument("password", user.password()));
		}
		return List.of(argument("token", ((TokenCredentials) credentials).token()));
	}

	private Argument argument(String argument, String value) {
		return new Argument(argument, this.converter.write(value));
	}

	private static CompletableFuture<Response> send(IrpcSession session, String function, List<Argument> arguments) {
		CompletableFuture<Response> answer = new CompletableFuture<>();
		session.pending().send(new Command("call", null, Map.of("fn", function), arguments), new ResponseListener() {

			@Override
			public boolean received(Response response) {
				if (response.isFinal()) {
					answer.complete(response);
				}
				return response.isFinal();
			}

			@Override
			public void closed(String reason) {
				answer.completeExceptionally(new ConnectionLostException(reason, null));
			}

		});
		return answer;
	}

	/**
	 * What the server has refused.
	 *
	 * @param credentials the credentials
	 * @param reason what to tell those who call
	 */
	private record Refusal(Credentials credentials, LoginRefusedException reason) {

	}

	/**
	 * The answer to {@code pair}.
	 *
	 * @param token the token, {@code null} if it is missing
	 */
	record Paired(@Nullable String token) {

	}

}
