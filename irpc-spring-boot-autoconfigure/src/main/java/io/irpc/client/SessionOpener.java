package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.irpc.session.CommandDispatcher;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionLimits;
import io.irpc.session.SessionListener;
import io.irpc.session.SessionManager;
import io.irpc.session.SessionOptions;
import io.irpc.session.Traffic;
import io.irpc.session.WorkerPool;
import io.irpc.transport.IrpcClientTransport;
import org.jspecify.annotations.Nullable;

/**
 * Opens one session after the other.
 */
final class SessionOpener implements SessionListener, AutoCloseable {

	private static final int CLOSE_TIMEOUT = 5;

	private final IrpcClientTransport transport;

	private final SessionManager sessions;

	private final ClientLogin login;

	private final SessionSetup setup;

	private final ConnectThread thread;

	private final Duration connectTimeout;

	private volatile @Nullable ConnectionAttempt attempt;

	/**
	 * Create an opener.
	 * @param settings what the client needs to know
	 * @param dispatcher carries out the commands of the server
	 * @param login logs each session in
	 * @param setup identifies each session
	 * @param thread runs what may block
	 */
	SessionOpener(IrpcClientSettings settings, CommandDispatcher dispatcher, ClientLogin login, SessionSetup setup,
			ConnectThread thread) {
		this.transport = new IrpcClientTransport(settings.connection(), settings.connectTimeout());
		int maxLength = settings.connection().maxMessageLength();
		SessionOptions options = new SessionOptions(settings.name(), maxLength, maxLength,
				SessionOptions.DEFAULT_MAX_RUNNING_COMMANDS, SessionOptions.DEFAULT_MAX_WAITING_BYTES);
		this.sessions = new SessionManager(options, SessionLimits.UNLIMITED, dispatcher, List.of(this));
		this.login = login;
		this.setup = setup;
		this.thread = thread;
		this.connectTimeout = settings.connectTimeout();
	}

	/**
	 * Open a session. Not called again before the one before is open or has failed.
	 * @param server the address
	 * @param credentials what to log in with, {@code null} to stay anonymous
	 * @param wanted whether there is still to be a session
	 * @return completed with the session on its event loop, or with what has prevented it
	 */
	CompletableFuture<IrpcSession> open(ServerAddress server, @Nullable Credentials credentials,
			BooleanSupplier wanted) {
		ConnectionAttempt next = new ConnectionAttempt(credentials, this.login, this.setup, this.thread,
				this.connectTimeout, wanted);
		this.attempt = next;
		this.thread.ask(server::context)
			.thenCompose((tls) -> this.transport.connect(server.address(), tls, this.sessions::open))
			.whenComplete((connected, ex) -> {
				if (ex != null) {
					next.fail(ConnectionAttempt.cause(ex));
				}
			});
		return next.ready();
	}

	@Override
	public void opened(IrpcSession session) {
		ConnectionAttempt current = this.attempt;
		if (current != null) {
			current.opened(session);
		}
	}

	Traffic traffic() {
		return this.sessions.traffic();
	}

	void schedule(Runnable task, Duration delay) {
		this.transport.schedule(task, delay);
	}

	/**
	 * Close the sessions that there are, and what is being opened.
	 * @param reason why, in words for a log
	 * @return completed when all are closed
	 */
	CompletableFuture<Void> disconnect(String reason) {
		// what was sent last goes first
		return this.sessions.close(reason)
			.completeOnTimeout(null, CLOSE_TIMEOUT, TimeUnit.SECONDS)
			.thenCompose((nothing) -> this.transport.disconnect());
	}

	@Override
	public void close() {
		// what was sent last goes first, such as the end of subscriptions
		CompletableFuture<Void> closed = this.sessions.close("the client is closed");
		this.transport.close();
		// whoever waits for an answer is told by a worker, as long as there are any
		if (WorkerPool.mayWait()) {
			closed.completeOnTimeout(null, CLOSE_TIMEOUT, TimeUnit.SECONDS).join();
		}
	}

}
