package io.irpc.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

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
		if (this.status.begin()) {
			attempt();
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
		if (!this.status.leave(session)) {
			return;
		}
		logger.info("The server goes away. Connecting again in " + retry.toMillis() + " ms");
		this.addresses.leave();
		this.opener.schedule(this::attempt, retry);
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

	@Override
	public void close() {
		if (this.status.close(new NotConnectedException("The client is closed", null))) {
			this.opener.close();
			this.thread.close();
		}
	}

	private void attempt() {
		this.thread.ask(this.login::credentials).whenComplete((credentials, ex) -> {
			if (ex != null) {
				noCredentials(ConnectionAttempt.cause(ex));
			}
			else if (this.status.connecting()) {
				connect(credentials);
			}
		});
	}

	private void connect(@Nullable Credentials credentials) {
		long patience = this.settings.connectTimeout().toMillis();
		this.thread.ask(this.addresses::next)
			.orTimeout(patience, TimeUnit.MILLISECONDS)
			.exceptionallyCompose((ex) -> CompletableFuture.failedFuture((ex instanceof TimeoutException)
					? new IllegalStateException("no answer within " + patience + " ms", ex) : ex))
			.thenCompose((next) -> new ConnectRound(next, credentials, this.opener).run())
			.whenComplete((connected, ex) -> {
				if (ex != null) {
					failed(ConnectionAttempt.cause(ex));
				}
				else {
					connected(connected.session(), connected.server());
				}
			});
	}

	private void connected(IrpcSession session, ServerAddress server) {
		this.addresses.connected(server.address());
		this.failureLog.connected(server);
		this.setup.loggedIn(session);
		if (!this.status.connected(session, server.address())) {
			session.close("the client is closed");
			return;
		}
		session.whenClosed().thenAccept((reason) -> {
			NotConnectedException failure = new NotConnectedException("Connection to " + server + " lost: " + reason,
					null);
			if (this.status.lost(session, failure)) {
				retry(failure);
			}
		});
	}

	private void failed(Throwable cause) {
		NotConnectedException failure = (cause instanceof NotConnectedException told) ? told
				: new NotConnectedException("Cannot find the server: " + cause.getMessage(), cause);
		boolean goesOn = (failure.getCause() instanceof LoginRefusedException) ? this.status.refused(failure)
				: this.status.failed(failure);
		if (goesOn) {
			retry(failure);
		}
	}

	private void noCredentials(Throwable cause) {
		NotConnectedException known = this.status.info().lastFailure();
		NotConnectedException failure = (known != null && known.getCause() == cause) ? known
				: new NotConnectedException("Cannot log in: " + cause.getMessage(), cause);
		if (cause instanceof LoginRefusedException) {
			this.status.rest(failure);
		}
		else if (this.status.failed(failure)) {
			retry(failure);
		}
	}

	private void retry(NotConnectedException failure) {
		this.failureLog.log(failure);
		ReconnectPolicy policy = this.settings.reconnect();
		Duration delay = FailureLog.isWrongPin(failure) ? policy.maxDelay()
				: policy.delay(Math.max(1, this.status.info().failures()), ThreadLocalRandom.current());
		Duration advice = RetryAdvice.of(failure);
		this.opener.schedule(this::attempt, (advice.compareTo(delay) > 0) ? advice : delay);
	}

}
