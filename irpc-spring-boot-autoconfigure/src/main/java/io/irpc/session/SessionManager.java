package io.irpc.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

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

	private final SessionOptions options;

	private final CommandDispatcher dispatcher;

	private final List<SessionListener> listeners;

	/**
	 * Create a manager.
	 * @param options the limits of each session
	 * @param dispatcher carries out the commands of the peers
	 * @param listeners told of each session
	 */
	public SessionManager(SessionOptions options, CommandDispatcher dispatcher, List<SessionListener> listeners) {
		this.options = options;
		this.dispatcher = dispatcher;
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Make the session of a connection.
	 * @param connection the connection
	 * @return what listens to it
	 */
	public ConnectionListener open(IrpcConnection connection) {
		return new SessionHandler(new IrpcSession(connection, this.options), this.dispatcher, this.listeners,
				this.sessions);
	}

	/**
	 * Return how many sessions are open.
	 * @return the number
	 */
	public int count() {
		return this.sessions.size();
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
