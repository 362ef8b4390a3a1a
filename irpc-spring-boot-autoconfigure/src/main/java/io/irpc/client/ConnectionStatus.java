package io.irpc.client;

import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.irpc.call.NotConnectedException;
import io.irpc.session.IrpcSession;
import io.irpc.session.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a connection, and who waits for it. Safe for use by many threads.
 */
final class ConnectionStatus {

	private final WhileDisconnected whileDisconnected;

	private final Consumer<ConnectionInfo> listener;

	private final InstantSource clock;

	private ConnectionState state = ConnectionState.DISCONNECTED;

	private @Nullable SocketAddress address;

	private @Nullable Instant connectedSince;

	private @Nullable NotConnectedException lastFailure;

	private int failures;

	private long connections;

	private long failedAttempts;

	private @Nullable IrpcSession current;

	private boolean busy;

	private NextSession connection = new NextSession();

	private NextSession attempt = new NextSession();

	/**
	 * Create a status without a connection.
	 * @param whileDisconnected what calls do meanwhile
	 * @param listener told of each change of the state in order; must not block
	 * @param clock tells the time
	 */
	ConnectionStatus(WhileDisconnected whileDisconnected, Consumer<ConnectionInfo> listener, InstantSource clock) {
		this.whileDisconnected = whileDisconnected;
		this.listener = listener;
		this.clock = clock;
	}

	synchronized ConnectionInfo info() {
		return new ConnectionInfo(this.state, this.address, this.connectedSince, this.lastFailure, this.failures);
	}

	synchronized ClientFigures figures(String name, Traffic traffic) {
		return new ClientFigures(name, this.state, this.connections, this.failedAttempts, traffic);
	}

	/**
	 * Return the session for a call.
	 * @return completed with a session, or with a {@link NotConnectedException}
	 */
	synchronized CompletableFuture<IrpcSession> session() {
		return ((this.whileDisconnected == WhileDisconnected.WAIT) ? this.connection : this.attempt).future();
	}

	/**
	 * Return the connection that there is, or the next one, however many attempts it
	 * takes.
	 * @return completed with a session, or with a {@link NotConnectedException} if
	 * further attempts are of no use
	 */
	synchronized CompletableFuture<IrpcSession> connection() {
		return this.connection.future();
	}

	/**
	 * Begin to connect, unless that has begun.
	 * @return whether it begins now
	 */
	synchronized boolean begin() {
		if (this.busy || this.state == ConnectionState.CLOSED) {
			return false;
		}
		this.busy = true;
		renew();
		if (this.lastFailure == null) {
			change(ConnectionState.CONNECTING);
		}
		return true;
	}

	/**
	 * An attempt is made.
	 * @return {@code false} if the client is closed
	 */
	synchronized boolean connecting() {
		if (this.state == ConnectionState.CLOSED) {
			return false;
		}
		renew();
		change(ConnectionState.CONNECTING);
		return true;
	}

	/**
	 * There is a connection.
	 * @param session the session
	 * @param server the address that it is with
	 * @return {@code false} if the client is closed
	 */
	boolean connected(IrpcSession session, SocketAddress server) {
		NextSession patient;
		NextSession impatient;
		synchronized (this) {
			if (this.state == ConnectionState.CLOSED) {
				return false;
			}
			this.current = session;
			this.address = server;
			this.failures = 0;
			this.connections++;
			patient = this.connection;
			impatient = this.attempt;
			change(ConnectionState.CONNECTED);
		}
		patient.complete(session);
		impatient.complete(session);
		return true;
	}

	/**
	 * The connection is about to end as planned: everyone waits for the next one.
	 * @param session the session
	 * @return {@code false} if it is not the one that calls are sent on
	 */
	synchronized boolean leave(IrpcSession session) {
		if (this.current != session) {
			return false;
		}
		this.current = null;
		renew();
		change(ConnectionState.CONNECTING);
		return true;
	}

	/**
	 * The connection is lost.
	 * @param session the session
	 * @param failure why
	 * @return {@code false} if it is not the one that calls are sent on, or the client is
	 * closed
	 */
	boolean lost(IrpcSession session, NotConnectedException failure) {
		synchronized (this) {
			if (this.current != session) {
				return false;
			}
		}
		return failed(failure);
	}

	/**
	 * There is no connection, and there will be another attempt.
	 * @param failure why
	 * @return {@code false} if the client is closed
	 */
	boolean failed(NotConnectedException failure) {
		return end(ConnectionState.DISCONNECTED, failure, false);
	}

	/**
	 * The server refuses the credentials, so that it is of no use to wait.
	 * @param failure why
	 * @return {@code false} if the client is closed
	 */
	boolean refused(NotConnectedException failure) {
		return end(ConnectionState.DISCONNECTED, failure, true);
	}

	/**
	 * There are still no other credentials: no attempt is made before the next
	 * {@link #begin}.
	 * @param failure why
	 */
	void rest(NotConnectedException failure) {
		synchronized (this) {
			this.busy = false;
		}
		refused(failure);
	}

	/**
	 * There will never be a connection again.
	 * @param failure what calls get from now on
	 * @return {@code false} if that is so already
	 */
	boolean close(NotConnectedException failure) {
		return end(ConnectionState.CLOSED, failure, true);
	}

	private boolean end(ConnectionState next, NotConnectedException failure, boolean forAll) {
		NextSession impatient;
		NextSession patient;
		synchronized (this) {
			if (this.state == ConnectionState.CLOSED) {
				return false;
			}
			boolean wasConnected = this.current != null;
			this.current = null;
			if (next == ConnectionState.DISCONNECTED) {
				this.lastFailure = failure;
				this.failedAttempts += (this.busy && !wasConnected) ? 1 : 0;
				this.failures += this.busy ? 1 : 0;
			}
			impatient = this.attempt;
			patient = this.connection;
			this.attempt = NextSession.never(failure);
			if (forAll) {
				this.connection = this.attempt;
			}
			else if (patient.isDecided()) {
				this.connection = new NextSession();
			}
			change(next);
		}
		impatient.completeExceptionally(failure);
		if (forAll) {
			patient.completeExceptionally(failure);
		}
		return true;
	}

	private void renew() {
		if (this.attempt.isDecided()) {
			this.attempt = new NextSession();
		}
		if (this.connection.isDecided()) {
			this.connection = new NextSession();
		}
	}

	private void change(ConnectionState next) {
		if (this.state != next) {
			this.state = next;
			this.connectedSince = (next == ConnectionState.CONNECTED) ? this.clock.instant() : null;
			this.listener.accept(info());
		}
	}

}
