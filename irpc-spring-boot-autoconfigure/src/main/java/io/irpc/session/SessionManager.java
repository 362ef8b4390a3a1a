package io.irpc.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.protocol.LimitException;
import io.irpc.transport.ConnectionListener;
import io.irpc.transport.IrpcConnection;

/**
 * Makes a session of each connection and keeps track of those that are open. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public final class SessionManager {

	private final Set<SessionHandler> sessions = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refusedAndTold = new AtomicInteger();

	private final SessionAdmission admission;

	private final SessionEnvironment environment;

	/**
	 * Create a manager.
	 * @param options the limits of each session
	 * @param limits the limits of all sessions together
	 * @param dispatcher carries out the commands of the peers
	 * @param listeners told of each session
	 */
	public SessionManager(SessionOptions options, SessionLimits limits, CommandDispatcher dispatcher,
			List<SessionListener> listeners) {
		this.admission = new SessionAdmission(limits, () -> ThreadLocalRandom.current().nextDouble());
		this.environment = new SessionEnvironment(options, limits, dispatcher, List.copyOf(listeners), this.sessions,
				new MemoryBudget(limits.maxMemory(), this.sessions));
	}

	/**
	 * Make the session of a connection, if there is room for one.
	 * @param connection the connection
	 * @return what listens to it
	 */
	public ConnectionListener open(IrpcConnection connection) {
		SessionAdmission.Place place;
		try {
			place = this.admission.admit(connection.remoteAddress());
		}
		catch (LimitException ex) {
			return RefusedConnection.of(connection, ex, this.environment.dispatcher().refusal(ex, connection),
					this.refusedAndTold);
		}
		return new SessionHandler(connection, place, this.environment);
	}

	/**
	 * Return how many sessions are open.
	 * @return the number
	 */
	public int count() {
		return this.sessions.size();
	}

	/**
	 * Return what all sessions together hold in memory.
	 * @return the bytes that count for {@link SessionLimits#maxMemory()}
	 */
	public long usedMemory() {
		return this.environment.memory().used();
	}

	/**
	 * Let no session take more commands.
	 * @return completed when all commands taken are answered
	 */
	public CompletableFuture<Void> end() {
		return CompletableFuture
			.allOf(this.sessions.stream().map(SessionHandler::end).toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Close all sessions when what was sent to them before is written.
	 * @param reason why, in words for a log
	 * @return completed when all are closed
	 */
	public CompletableFuture<Void> close(String reason) {
		return CompletableFuture
			.allOf(this.sessions.stream().map((session) -> session.close(reason)).toArray(CompletableFuture<?>[]::new));
	}

}
