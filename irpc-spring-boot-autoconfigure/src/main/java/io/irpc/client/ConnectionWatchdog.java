package io.irpc.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.irpc.call.NotConnectedException;
import io.irpc.payload.PayloadConverter;
import io.irpc.session.CommandDispatcher;
import io.irpc.session.IrpcSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the server, and makes a new one whenever it ends. Safe for use
 * by many threads.
 */
final class ConnectionWatchdog implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ConnectionWatchdog.class);

	private final ConnectThread thread = new ConnectThread();

	private final FailureLog failureLog = new FailureLog();

	private final IrpcClientSettings settings;

	private final ConnectionStatus status;

	private final AddressChoice addresses;

	private final ClientLogin login;

	private final SessionSetup setup;

	private final SessionOpener opener;

	private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

	/**
	 * Create a watchdog that does not connect yet.
	 * @param settings what the client needs to know
	 * @param converter converts what is sent to log in
	 * @param dispatcher carries out the commands of the server
	 * @param setup prepares each session
	 * @param stateListener told of each change of the state in order; must not block
	 */
	ConnectionWatchdog(IrpcClientSettings settings, PayloadConverter converter, CommandDispatcher dispatcher,
			SessionSetup setup, Consumer<ConnectionInfo> stateListener) {
		this.settings = settings;
		this.status = new ConnectionStatus(settings.whileDisconnected(), stateListener, InstantSource.system());
		this.addresses = new AddressChoice(settings.addresses(), settings.order(),
				(bound) -> ThreadLocalRandom.current().nextInt(bound));
		this.login = new ClientLogin(settings.credentials(), settings.name(), converter, this.thread);
		this.setup = setup;
		this.opener = new SessionOpener(settings, dispatcher, this.login, setup, this.thread);
	}

	ConnectionInfo info() {
		return this.status.info();
	}

	/**
	 * Return what the client has done, and how it is doing.
	 * @param name what the application knows the client by
	 * @return the figures of the moment
	 */
	ClientFigures figures(String name) {
		return this.status.figures(name, this.opener.traffic());
	}

	/**
	 * Connect, if that has not begun yet, or if there may be credentials again that the
	 * server has not refused.
	 */
	void begin() {
		int round = this.status.begin();
		if (round > 0) {
			attempt(round);
		}
	}

	/**
	 * Connect, as {@link #begin} does.
	 * @return completed with the session that there is or comes next, or with a
	 * {@link NotConnectedException} if further attempts are of no use
	 */
	CompletableFuture<IrpcSession> start() {
		begin();
		return this.status.connection();
	}

	/**
	 * Return whether there is a connection or will be one by itself.
	 * @return {@code false} if nobody connects before the next {@link #begin}
	 */
	boolean isConnecting() {
		return this.status.isConnecting();
	}

	/**
	 * Return the session to send on.
	 * @return completed with a session, or with a {@link NotConnectedException}
	 */
	CompletableFuture<IrpcSession> session() {
		return this.status.session();
	}

	/**
	 * Leave a session, as the server has said that it goes away (protocol §6). Calls wait
	 * for the next one; what waits for an answer on the old one goes on, for as long as a
	 * call may. Called on the event loop of the session.
	 * @param session the session
	 * @param retry when to connect again, at another address if there are several
	 */
	void leave(IrpcSession session, Duration retry) {
		int round = this.status.leave(session);
		if (round == 0) {
			return;
		}
		logger.info("The server goes away. Connecting again in " + retry.toMillis() + " ms");
		this.addresses.leave();
		this.opener.schedule(() -> attempt(round), retry);
		// subscriptions go to the next session first
		this.status.connection()
			.handle((next, ex) -> session.pending().whenIdle())
			.thenCompose((idle) -> idle)
			.thenRun(() -> session.close("the server goes away, and all is answered"));
		this.opener.schedule(() -> session.close("the server goes away"), this.settings.timeout());
	}

	void schedule(Runnable task, Duration delay) {
		this.opener.schedule(task, delay);
	}

	/**
	 * End the connection, and make no other one before {@link #begin}.
	 * @return completed when it has ended
	 */
	CompletableFuture<Void> disconnect() {
		CompletableFuture<Void> ended = new CompletableFuture<>();
		follow(() -> ended);
		if (this.status.disconnect(new NotConnectedException("The client has disconnected", null))) {
			this.opener.disconnect("the client has disconnected").whenComplete((nothing, ex) -> ended.complete(null));
		}
		else {
			ended.complete(null);
		}
		return ended;
	}

	@Override
	public void close() {
		if (this.status.close(new NotConnectedException("The client is closed", null))) {
			this.opener.close();
			this.thread.close();
		}
	}

	private void attempt(int round) {
		follow(() -> this.status.isCurrent(round) ? connect(round) : CompletableFuture.completedFuture(null));
	}

	// an attempt that is not wanted any more ends before the next one begins
	private synchronized void follow(Supplier<CompletableFuture<?>> next) {
		this.last = this.last.handle((nothing, ex) -> null).thenCompose((nothing) -> next.get());
	}

	private CompletableFuture<?> connect(int round) {
		CompletableFuture<@Nullable Credentials> asked = this.thread.ask(this.login::credentials);
		asked.exceptionally((ex) -> {
			noCredentials(round, ConnectionAttempt.cause(ex));
			return null;
		});
		return asked.thenCompose((credentials) -> this.status.connecting(round) ? connect(round, credentials)
				: CompletableFuture.completedFuture(null));
	}

	private CompletableFuture<ConnectRound.@Nullable Connected> connect(int round, @Nullable Credentials credentials) {
		long patience = this.settings.connectTimeout().toMillis();
		return this.thread.ask(this.addresses::next)
			.orTimeout(patience, TimeUnit.MILLISECONDS)
			.exceptionallyCompose((ex) -> CompletableFuture.failedFuture((ex instanceof TimeoutException)
					? new IllegalStateException("no answer within " + patience + " ms", ex) : ex))
			.thenCompose((next) -> new ConnectRound(next, credentials, this.opener, () -> this.status.isCurrent(round))
				.run())
			.whenComplete((connected, ex) -> {
				if (ex != null) {
					failed(round, ConnectionAttempt.cause(ex));
				}
				else {
					connected(round, connected.session(), connected.server());
				}
			});
	}

	private void connected(int round, IrpcSession session, ServerAddress server) {
		if (!this.status.isCurrent(round)) {
			session.close("the client does not want it any more");
			return;
		}
		this.addresses.connected(server.address());
		this.failureLog.connected(server);
		this.setup.loggedIn(session);
		if (!this.status.connected(round, session, server.address())) {
			session.close("the client does not want it any more");
			return;
		}
		session.whenClosed().thenAccept((reason) -> {
			NotConnectedException failure = new NotConnectedException("Connection to " + server + " lost: " + reason,
					null);
			if (this.status.lost(session, failure)) {
				retry(round, failure);
			}
		});
	}

	private void failed(int round, Throwable cause) {
		NotConnectedException failure = (cause instanceof NotConnectedException told) ? told
				: new NotConnectedException("Cannot find the server: " + cause.getMessage(), cause);
		boolean goesOn = (failure.getCause() instanceof LoginRefusedException) ? this.status.refused(round, failure)
				: this.status.failed(round, failure);
		if (goesOn) {
			retry(round, failure);
		}
	}

	private void noCredentials(int round, Throwable cause) {
		NotConnectedException known = this.status.info().lastFailure();
		NotConnectedException failure = (known != null && known.getCause() == cause) ? known
				: new NotConnectedException("Cannot log in: " + cause.getMessage(), cause);
		if (cause instanceof LoginRefusedException) {
			this.status.rest(round, failure);
		}
		else if (this.status.failed(round, failure)) {
			retry(round, failure);
		}
	}

	private void retry(int round, NotConnectedException failure) {
		this.failureLog.log(failure);
		ReconnectPolicy policy = this.settings.reconnect();
		Duration delay = FailureLog.isWrongPin(failure) ? policy.maxDelay()
				: policy.delay(Math.max(1, this.status.info().failures()), ThreadLocalRandom.current());
		Duration advice = RetryAdvice.of(failure);
		this.opener.schedule(() -> attempt(round), (advice.compareTo(delay) > 0) ? advice : delay);
	}

}
