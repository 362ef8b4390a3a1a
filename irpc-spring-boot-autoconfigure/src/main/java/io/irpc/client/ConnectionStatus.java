package io.irpc.client;

import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
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

	private int round;

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
	 * @return the round of attempts that begins now, 0 if none does
	 */
	synchronized int begin() {
		if (this.busy || this.state == ConnectionState.CLOSED) {
			return 0;
		}
		this.busy = true;
		this.round++;
		renew();
		if (this.lastFailure == null) {
			change(ConnectionState.CONNECTING);
		}
		return this.round;
	}

	/**
	 * Return whether attempts are still wanted.
	 * @param of their round
	 * @return {@code false} if the client is closed or has disconnected since
	 */
	synchronized boolean isCurrent(int of) {
		return this.busy && this.round == of && this.state != ConnectionState.CLOSED;
	}

	/**
	 * Return whether there is a connection or will be one by itself.
	 * @return {@code false} if nobody connects before the next {@link #begin}
	 */
	synchronized boolean isConnecting() {
		return isCurrent(this.round);
	}

	/**
	 * An attempt is made.
	 * @param of its round
	 * @return {@code false} if it is not wanted any more
	 */
	synchronized boolean connecting(int of) {
		if (!isCurrent(of)) {
			return false;
		}
		renew();
		change(ConnectionState.CONNECTING);
		return true;
	}

	/**
	 * There is a connection.
	 * @param of the round of the attempt
	 * @param session the session
	 * @param server the address that it is with
	 * @return {@code false} if it is not wanted any more
	 */
	boolean connected(int of, IrpcSession session, SocketAddress server) {
		NextSession patient;
		NextSession impatient;
		synchronized (this) {
			if (!isCurrent(of)) {
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
	 * @return the round that the next attempt belongs to, 0 if it is not the session that
	 * calls are sent on
	 */
	synchronized int leave(IrpcSession session) {
		if (this.current != session) {
			return 0;
		}
		this.current = null;
		renew();
		change(ConnectionState.CONNECTING);
		return this.round;
	}

	/**
	 * The connection is lost.
	 * @param session the session
	 * @param failure why
	 * @return {@code false} if it is not the one that calls are sent on
	 */
	boolean lost(IrpcSession session, NotConnectedException failure) {
		return end(() -> this.current == session && count(failure), ConnectionState.DISCONNECTED, failure, false);
	}

	/**
	 * There is no connection, and there will be another attempt.
	 * @param of the round of the attempt
	 * @param failure why
	 * @return {@code false} if the attempt is not wanted any more
	 */
	boolean failed(int of, NotConnectedException failure) {
		return end(() -> isCurrent(of) && count(failure), ConnectionState.DISCONNECTED, failure, false);
	}

	/**
	 * The server refuses the credentials, so that it is of no use to wait.
	 * @param of the round of the attempt
	 * @param failure why
	 * @return {@code false} if the attempt is not wanted any more
	 */
	boolean refused(int of, NotConnectedException failure) {
		return end(() -> isCurrent(of) && count(failure), ConnectionState.DISCONNECTED, failure, true);
	}

	/**
	 * There are still no other credentials: no attempt is made before the next
	 * {@link #begin}.
	 * @param of the round of the attempt
	 * @param failure why
	 */
	void rest(int of, NotConnectedException failure) {
		end(() -> isCurrent(of) && pause(failure), ConnectionState.DISCONNECTED, failure, true);
	}

	/**
	 * No connection is wanted before the next {@link #begin}, and nothing has failed.
	 * @param failure what those get who wait
	 * @return {@code false} if that is so already, or the client is closed
	 */
	boolean disconnect(NotConnectedException failure) {
		return end(() -> this.state != ConnectionState.CLOSED && (this.busy || this.lastFailure != null) && pause(null),
				ConnectionState.DISCONNECTED, failure, true);
	}

	/**
	 * There will never be a connection again.
	 * @param failure what calls get from now on
	 * @return {@code false} if that is so already
	 */
	boolean close(NotConnectedException failure) {
		return end(() -> this.state != ConnectionState.CLOSED, ConnectionState.CLOSED, failure, true);
	}

	private boolean count(NotConnectedException failure) {
		this.lastFailure = failure;
		this.failedAttempts += (this.current == null) ? 1 : 0;
		this.failures++;
		return true;
	}

	private boolean pause(@Nullable NotConnectedException failure) {
		this.busy = false;
		this.lastFailure = failure;
		this.failures = (failure != null) ? this.failures : 0;
		return true;
	}

	private boolean end(BooleanSupplier wanted, ConnectionState next, NotConnectedException failure, boolean forAll) {
		NextSession impatient;
		NextSession patient;
		synchronized (this) {
			if (!wanted.getAsBoolean()) {
				return false;
			}
			this.current = null;
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
