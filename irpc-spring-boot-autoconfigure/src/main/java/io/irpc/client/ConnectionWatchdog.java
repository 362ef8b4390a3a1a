package io.irpc.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.irpc.protocol.LogSafe;
import io.irpc.session.CommandDispatcher;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionLimits;
import io.irpc.session.SessionListener;
import io.irpc.session.SessionManager;
import io.irpc.session.SessionOptions;
import io.irpc.transport.IrpcClientTransport;
import io.irpc.transport.WrongPinException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the server, and makes a new one whenever it is lost. Safe for
 * use by many threads.
 */
final class ConnectionWatchdog implements SessionListener {

	private static final Log logger = LogFactory.getLog(ConnectionWatchdog.class);

	private static final long LOG_INTERVAL = Duration.ofMinutes(1).toNanos();

	private final IrpcClientSettings settings;

	private final IrpcClientTransport transport;

	private final SessionManager sessions;

	private final SessionListener sessionListener;

	private final Consumer<ConnectionState> stateListener;

	private CompletableFuture<IrpcSession> session = new CompletableFuture<>();

	private volatile @Nullable ConnectionState state;

	private int failures;

	private long lastLogged;

	private @Nullable String lastFailure;

	/**
	 * Create a watchdog that does not connect yet.
	 * @param settings what the client needs to know
	 * @param dispatcher carries out the commands of the server
	 * @param sessionListener told of each session, before calls are sent on it
	 * @param stateListener told of each change of the state
	 */
	ConnectionWatchdog(IrpcClientSettings settings, CommandDispatcher dispatcher, SessionListener sessionListener,
			Consumer<ConnectionState> stateListener) {
		this.settings = settings;
		this.transport = new IrpcClientTransport(settings.connection(), settings.connectTimeout(), settings.tls());
		int maxLength = settings.connection().maxMessageLength();
		SessionOptions options = new SessionOptions(settings.name(), maxLength, maxLength,
				SessionOptions.DEFAULT_MAX_RUNNING_COMMANDS, SessionOptions.DEFAULT_MAX_WAITING_BYTES);
		this.sessions = new SessionManager(options, SessionLimits.UNLIMITED, dispatcher, List.of(this));
		this.sessionListener = sessionListener;
		this.stateListener = stateListener;
	}

	ConnectionState state() {
		ConnectionState current = this.state;
		return (current != null) ? current : ConnectionState.DISCONNECTED;
	}

	/**
	 * Connect, if that has not begun yet.
	 */
	void start() {
		synchronized (this) {
			if (this.state != null) {
				return;
			}
			this.state = ConnectionState.CONNECTING;
		}
		this.stateListener.accept(ConnectionState.CONNECTING);
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
	 * Know that the server speaks IRPC, so that the next failure is a first one.
	 */
	synchronized void confirm() {
		this.failures = 0;
		this.lastFailure = null;
	}

	void close() {
		if (change(ConnectionState.CLOSED, new NotConnectedException("The client is closed", null))) {
			this.transport.close();
		}
	}

	@Override
	public void opened(IrpcSession opened) {
		logger.info("Connected to " + describe(this.settings.address()));
		this.sessionListener.opened(opened);
		CompletableFuture<IrpcSession> waiting;
		synchronized (this) {
			waiting = this.session;
			this.state = ConnectionState.CONNECTED;
		}
		waiting.complete(opened);
		this.stateListener.accept(ConnectionState.CONNECTED);
	}

	@Override
	public void closed(IrpcSession closed, String reason) {
		this.sessionListener.closed(closed, reason);
		failed("Connection to " + describe(this.settings.address()) + " lost: " + reason, null);
	}

	private void attempt() {
		this.transport.connect(this.settings.address(), this.sessions::open).whenComplete((connected, ex) -> {
			if (ex != null) {
				failed("Cannot connect to " + describe(this.settings.address()) + ": " + ex.getMessage(), ex);
			}
		});
	}

	private void failed(String reason, @Nullable Throwable cause) {
		if (!change(ConnectionState.DISCONNECTED, new NotConnectedException(reason, cause))) {
			return;
		}
		boolean wrongPin = isWrongPin(cause);
		log(reason, wrongPin);
		Duration delay;
		synchronized (this) {
			this.failures++;
			delay = wrongPin ? this.settings.reconnect().maxDelay()
					: this.settings.reconnect().delay(this.failures, ThreadLocalRandom.current());
		}
		this.transport.schedule(() -> {
			if (change(ConnectionState.CONNECTING, null)) {
				attempt();
			}
		}, delay);
	}

	/**
	 * Change the state, unless the client is closed.
	 * @param newState the state
	 * @param failure what calls get from now on, {@code null} to let them wait
	 * @return whether it was changed
	 */
	private boolean change(ConnectionState newState, @Nullable NotConnectedException failure) {
		CompletableFuture<IrpcSession> waiting;
		synchronized (this) {
			if (this.state == ConnectionState.CLOSED) {
				return false;
			}
			this.state = newState;
			waiting = this.session;
			this.session = (failure != null) ? CompletableFuture.failedFuture(failure) : new CompletableFuture<>();
		}
		if (failure != null) {
			waiting.completeExceptionally(failure);
		}
		this.stateListener.accept(newState);
		return true;
	}

	private void log(String reason, boolean wrongPin) {
		long now = System.nanoTime();
		if (reason.equals(this.lastFailure) && now - this.lastLogged < LOG_INTERVAL) {
			logger.debug(LogSafe.text(reason));
			return;
		}
		this.lastFailure = reason;
		this.lastLogged = now;
		String message = LogSafe.text(reason) + ". Trying again until it succeeds";
		if (wrongPin) {
			logger.error(message);
		}
		else {
			logger.warn(message);
		}
	}

	private static boolean isWrongPin(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof WrongPinException) {
				return true;
			}
		}
		return false;
	}

	private static String describe(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getHostString() + ":" + inet.getPort()
				: "unix:" + address;
	}

}
