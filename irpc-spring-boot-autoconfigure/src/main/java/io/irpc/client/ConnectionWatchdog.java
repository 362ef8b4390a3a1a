package io.irpc.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.irpc.call.NotConnectedException;
import io.irpc.session.CommandDispatcher;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionLimits;
import io.irpc.session.SessionListener;
import io.irpc.session.SessionManager;
import io.irpc.session.SessionOptions;
import io.irpc.transport.IrpcClientTransport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the server, and makes a new one whenever it is lost. Safe for
 * use by many threads.
 */
final class ConnectionWatchdog implements SessionListener {

	private static final Log logger = LogFactory.getLog(ConnectionWatchdog.class);

	private final IrpcClientSettings settings;

	private final IrpcClientTransport transport;

	private final SessionManager sessions;

	private final ClientLogin login;

	private final SessionSetup setup;

	private final Consumer<ConnectionState> stateListener;

	private final FailureLog failureLog = new FailureLog();

	private CompletableFuture<IrpcSession> session = new CompletableFuture<>();

	private volatile @Nullable ConnectionState state;

	private int failures;

	private boolean resting;

	private volatile @Nullable Credentials credentials;

	private volatile @Nullable IrpcSession givenUp;

	/**
	 * Create a watchdog that does not connect yet.
	 * @param settings what the client needs to know
	 * @param dispatcher carries out the commands of the server
	 * @param login logs each session in; closed with this
	 * @param setup prepares each session
	 * @param stateListener told of each change of the state
	 */
	ConnectionWatchdog(IrpcClientSettings settings, CommandDispatcher dispatcher, ClientLogin login, SessionSetup setup,
			Consumer<ConnectionState> stateListener) {
		this.settings = settings;
		this.transport = new IrpcClientTransport(settings.connection(), settings.connectTimeout(), settings.tls());
		int maxLength = settings.connection().maxMessageLength();
		SessionOptions options = new SessionOptions(settings.name(), maxLength, maxLength,
				SessionOptions.DEFAULT_MAX_RUNNING_COMMANDS, SessionOptions.DEFAULT_MAX_WAITING_BYTES);
		this.sessions = new SessionManager(options, SessionLimits.UNLIMITED, dispatcher, List.of(this));
		this.login = login;
		this.setup = setup;
		this.stateListener = stateListener;
	}

	ConnectionState state() {
		ConnectionState current = this.state;
		return (current != null) ? current : ConnectionState.DISCONNECTED;
	}

	/**
	 * Connect, if that has not begun yet, or if there may be credentials again that the
	 * server has not refused.
	 */
	void start() {
		boolean first;
		synchronized (this) {
			first = this.state == null;
			if (first) {
				this.state = ConnectionState.CONNECTING;
			}
			else if (this.resting) {
				this.resting = false;
				this.session = new CompletableFuture<>();
			}
			else {
				return;
			}
		}
		if (first) {
			this.stateListener.accept(ConnectionState.CONNECTING);
		}
		attempt();
	}

	/**
	 * Return the session to send on.
	 * @return completed with a session, or with a {@link NotConnectedException}
	 */
	synchronized CompletableFuture<IrpcSession> session() {
		return this.session;
	}

	/**
	 * Know that the server speaks IRPC, so that the next failure is a first one. Where
	 * there is a login, its outcome decides.
	 */
	synchronized void confirm() {
		if (this.state == ConnectionState.CONNECTED) {
			this.failures = 0;
			this.failureLog.reset();
		}
	}

	void schedule(Runnable task, Duration delay) {
		this.transport.schedule(task, delay);
	}

	void close() {
		if (change(ConnectionState.CLOSED, new NotConnectedException("The client is closed", null))) {
			this.transport.close();
			this.login.close();
		}
	}

	@Override
	public void opened(IrpcSession opened) {
		this.setup.opened(opened);
		this.login.login(opened, this.credentials)
			.whenCompleteAsync((done, ex) -> loginCompleted(opened, ex), opened.eventLoop());
	}

	@Override
	public void closed(IrpcSession closed, String reason) {
		if (closed != this.givenUp) {
			failed("Connection to " + describe(this.settings.address()) + " lost: " + reason, null);
		}
	}

	private void attempt() {
		this.login.credentials().whenComplete((next, ex) -> {
			if (ex != null) {
				noCredentials(cause(ex));
			}
			else if (change(ConnectionState.CONNECTING, null)) {
				this.credentials = next;
				connect();
			}
		});
	}

	private void connect() {
		this.transport.connect(this.settings.address(), this.sessions::open).whenComplete((connected, ex) -> {
			if (ex != null) {
				failed("Cannot connect to " + describe(this.settings.address()) + ": " + ex.getMessage(), ex);
			}
		});
	}

	private void loginCompleted(IrpcSession opened, @Nullable Throwable failure) {
		if (failure != null) {
			// the end of a session is told by the session
			if (!opened.whenClosed().isDone()) {
				this.givenUp = opened;
				loginFailed(cause(failure));
				opened.close("the login has failed");
			}
			return;
		}
		logger.info("Connected to " + describe(this.settings.address()));
		this.setup.loggedIn(opened);
		CompletableFuture<IrpcSession> waiting;
		synchronized (this) {
			if (opened.whenClosed().isDone() || this.state == ConnectionState.CLOSED) {
				return;
			}
			waiting = this.session;
			this.state = ConnectionState.CONNECTED;
		}
		if (this.credentials != null) {
			confirm();
		}
		waiting.complete(opened);
		this.stateListener.accept(ConnectionState.CONNECTED);
	}

	private void noCredentials(Throwable cause) {
		if (!(cause instanceof LoginRefusedException)) {
			loginFailed(cause);
		}
		else if (change(ConnectionState.DISCONNECTED, notLoggedIn(cause))) {
			synchronized (this) {
				this.resting = true;
			}
		}
	}

	private void loginFailed(Throwable cause) {
		failed(String.valueOf(notLoggedIn(cause).getMessage()), cause);
	}

	private NotConnectedException notLoggedIn(Throwable cause) {
		String message = (cause instanceof TimeoutException) ? "no answer to the login" : cause.getMessage();
		return new NotConnectedException("Cannot log in to " + describe(this.settings.address()) + ": " + message,
				cause);
	}

	private void failed(String reason, @Nullable Throwable cause) {
		if (!change(ConnectionState.DISCONNECTED, new NotConnectedException(reason, cause))) {
			return;
		}
		this.failureLog.log(reason, cause);
		Duration delay;
		synchronized (this) {
			this.failures++;
			delay = FailureLog.isWrongPin(cause) ? this.settings.reconnect().maxDelay()
					: this.settings.reconnect().delay(this.failures, ThreadLocalRandom.current());
		}
		this.transport.schedule(this::attempt, delay);
	}

	/**
	 * Change the state, unless the client is closed.
	 * @param newState the state
	 * @param failure what calls get from now on, {@code null} to let them wait
	 * @return whether it was changed
	 */
	private boolean change(ConnectionState newState, @Nullable NotConnectedException failure) {
		CompletableFuture<IrpcSession> waiting;
		boolean changed;
		synchronized (this) {
			if (this.state == ConnectionState.CLOSED) {
				return false;
			}
			changed = this.state != newState;
			this.state = newState;
			waiting = this.session;
			if (failure != null) {
				this.session = CompletableFuture.failedFuture(failure);
			}
			else if (waiting.isDone()) {
				this.session = new CompletableFuture<>();
			}
		}
		if (failure != null) {
			waiting.completeExceptionally(failure);
		}
		if (changed) {
			this.stateListener.accept(newState);
		}
		return true;
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private static String describe(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getHostString() + ":" + inet.getPort()
				: "unix:" + address;
	}

}
