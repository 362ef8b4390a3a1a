package io.irpc.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.irpc.call.NotConnectedException;
import io.irpc.call.RemoteCallException;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * One way through the addresses of the server, until one of them works.
 */
final class ConnectRound {

	private final CompletableFuture<Connected> outcome = new CompletableFuture<>();

	// each attempt begins when the one before has ended
	private final List<Failure> failures = new ArrayList<>();

	private final List<ServerAddress> addresses;

	private final @Nullable Credentials credentials;

	private final SessionOpener opener;

	private final BooleanSupplier wanted;

	/**
	 * Create a round.
	 * @param addresses the addresses in the order in which they are tried, at least one
	 * @param credentials what to log in with, {@code null} to stay anonymous
	 * @param opener opens sessions
	 * @param wanted whether there is still to be a session
	 */
	ConnectRound(List<ServerAddress> addresses, @Nullable Credentials credentials, SessionOpener opener,
			BooleanSupplier wanted) {
		this.addresses = addresses;
		this.credentials = credentials;
		this.opener = opener;
		this.wanted = wanted;
	}

	/**
	 * Try one address after the other. Called once.
	 * @return completed with the first session on its event loop, or with a
	 * {@link NotConnectedException} that tells of each address
	 */
	CompletableFuture<Connected> run() {
		attempt(0);
		return this.outcome;
	}

	private void attempt(int index) {
		if (!this.wanted.getAsBoolean()) {
			this.outcome.completeExceptionally(ConnectionAttempt.unwanted());
			return;
		}
		ServerAddress server = this.addresses.get(index);
		this.opener.open(server, this.credentials, this.wanted).whenComplete((session, ex) -> {
			if (ex == null) {
				this.outcome.complete(new Connected(session, server));
				return;
			}
			Failure failure = new Failure(server, ConnectionAttempt.cause(ex));
			this.failures.add(failure);
			// whom one address refuses, another of the same service refuses as well
			if (failure.cause() instanceof LoginRefusedException || index + 1 == this.addresses.size()) {
				this.outcome.completeExceptionally(summary(failure));
			}
			else {
				attempt(index + 1);
			}
		});
	}

	// one server with a wrong key is no reason to wait long for the others
	private NotConnectedException summary(Failure last) {
		Throwable cause = this.failures.stream()
			.map(Failure::cause)
			.filter((it) -> !FailureLog.isWrongPin(it))
			.reduce((first, second) -> second)
			.orElse(last.cause());
		NotConnectedException summary = new NotConnectedException(
				this.failures.stream().map(Failure::describe).sorted().collect(Collectors.joining("; ")), cause);
		this.failures.stream().map(Failure::cause).filter((it) -> it != cause).forEach(summary::addSuppressed);
		return summary;
	}

	/**
	 * A session that can be used.
	 *
	 * @param session the session
	 * @param server the address that it is with
	 */
	record Connected(IrpcSession session, ServerAddress server) {

	}

	/**
	 * An address that does not work.
	 *
	 * @param server the address
	 * @param cause why
	 */
	private record Failure(ServerAddress server, Throwable cause) {

		private boolean isRefused() {
			return this.cause instanceof RemoteCallException.Unavailable;
		}

		String describe() {
			boolean isLogin = this.cause instanceof LoginRefusedException
					|| (this.cause instanceof RemoteCallException && !isRefused());
			return (isLogin ? "Cannot log in to " : "Cannot connect to ") + this.server + ": "
					+ ((this.cause.getMessage() != null) ? this.cause.getMessage() : this.cause);
		}

	}

}
