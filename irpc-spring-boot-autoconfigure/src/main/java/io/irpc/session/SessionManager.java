package io.irpc.session;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
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

	private static final long MIN_RETRY = 500;

	/**
	 * Milliseconds that each session adds to the time over which peers come back.
	 */
	private static final long RETRY_SPREAD = 5;

	private static final long MAX_RETRY_SPREAD = 30_000;

	private final Set<SessionHandler> sessions = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refusedAndTold = new AtomicInteger();

	private final TrafficCounter traffic = new TrafficCounter(null);

	private final LongAdder opened = new LongAdder();

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
		MemoryBudget memory = new MemoryBudget(limits.maxMemory(), this.sessions);
		OutcomeLimits outcomes = limits.outcomes();
		this.environment = new SessionEnvironment(options, limits, dispatcher, List.copyOf(listeners), this.sessions,
				memory, Clock.systemUTC(), this.opened, this.traffic,
				(outcomes != null) ? new OutcomeRegistry(outcomes, memory, System::nanoTime) : null);
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
			CommandDispatcher dispatcher = this.environment.dispatcher();
			dispatcher.count(ex, connection);
			this.environment.listeners().forEach((listener) -> listener.refused(connection.remoteAddress(), ex));
			return RefusedConnection.of(connection,
					new IrpcException(ex.code(), ex.getMessage(), Map.of(GoAway.RETRY, retry().toMillis()), ex),
					dispatcher, this.refusedAndTold);
		}
		return new SessionHandler(connection, place, this.environment);
	}

	/**
	 * Return the sessions that are open.
	 * @return the sessions of the moment, in the order in which they were made
	 */
	public List<IrpcSession> sessions() {
		return this.sessions.stream()
			.map(SessionHandler::session)
			.sorted(Comparator.comparingLong(IrpcSession::id))
			.toList();
	}

	/**
	 * Return how many connections have become sessions so far.
	 * @return the number, those included that are closed
	 */
	public long openedCount() {
		return this.opened.sum();
	}

	/**
	 * Return what has crossed the lines of all sessions so far.
	 * @return the sums, sessions included that are closed
	 */
	public Traffic traffic() {
		return this.traffic.sum();
	}

	/**
	 * Return how many commands of the peers run.
	 * @return the number over all open sessions
	 */
	public int runningCommands() {
		return this.sessions.stream().mapToInt((session) -> session.inbox().accepted().running()).sum();
	}

	/**
	 * Return how many commands of the peers wait for others (protocol §8).
	 * @return the number over all open sessions
	 */
	public int parkedCommands() {
		return this.sessions.stream().mapToInt((session) -> session.inbox().accepted().waiting()).sum();
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
	 * Send the peers away, each to come back after another while, and let no session take
	 * more commands.
	 * @return completed when all commands taken are answered
	 */
	public CompletableFuture<Void> end() {
		return CompletableFuture.allOf(this.sessions.stream()
			.map((session) -> session.goAway(GoAway.Reason.SHUTDOWN, retry()))
			.toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Interrupt the commands that are not answered, and tell their callers.
	 */
	public void interrupt() {
		IrpcException reason = new IrpcException(ErrorCode.UNAVAILABLE,
				"The server has stopped before the command had ended");
		this.sessions.forEach((session) -> session.inbox().cancelAll(reason));
	}

	/**
	 * End one session: send its peer away if it knows how to leave, let the commands
	 * taken be answered for up to five seconds, tell the peer why, and close.
	 * @param id the number of the session
	 * @param reason why, told to the peer
	 * @return the session, empty if none of this number is open
	 */
	public Optional<IrpcSession> end(long id, IrpcException reason) {
		Optional<SessionHandler> found = this.sessions.stream()
			.filter((handler) -> handler.session().id() == id)
			.findFirst();
		found.ifPresent((handler) -> handler.dismiss(retry(), reason));
		return found.map(SessionHandler::session);
	}

	// so that a restart is no stampede
	private Duration retry() {
		long spread = Math.min(MAX_RETRY_SPREAD, RETRY_SPREAD * this.sessions.size());
		return Duration.ofMillis(MIN_RETRY + ThreadLocalRandom.current().nextLong(spread + 1));
	}

	/**
	 * Let nothing more be sent unasked, such as the firings of subscriptions.
	 * @return completed with the number of subscriptions that have ended, if it is known
	 * of all sessions
	 */
	public CompletableFuture<Integer> silence() {
		CompletableFuture<Integer> sum = CompletableFuture.completedFuture(0);
		for (SessionHandler handler : this.sessions) {
			sum = sum.thenCombine(silence(handler.session()), Integer::sum);
		}
		return sum;
	}

	private CompletableFuture<Integer> silence(IrpcSession session) {
		CompletableFuture<Integer> begin = CompletableFuture.completedFuture(0);
		return begin.thenComposeAsync((none) -> {
			CompletionStage<Integer> sum = begin;
			for (SessionListener listener : this.environment.listeners()) {
				sum = sum.thenCombine(listener.ending(session), Integer::sum);
			}
			return sum;
		}, session.eventLoop());
	}

	/**
	 * Return the end of what this end has asked its peers, where nothing more is sent.
	 * @return completed when all of it is answered, or its sessions are closed
	 */
	public CompletableFuture<Void> answered() {
		return CompletableFuture.allOf(this.sessions.stream()
			.map((handler) -> handler.session().pending().whenIdle())
			.toArray(CompletableFuture<?>[]::new));
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
