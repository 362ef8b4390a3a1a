package io.irpc.security;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import io.irpc.server.IrpcServerDrainEvent;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Checks credentials on threads of its own and gives sessions to users. Refusals are slow
 * and all alike (protocol §8). Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LoginService implements AutoCloseable, ApplicationListener<IrpcServerDrainEvent> {

	private static final Log logger = LogFactory.getLog(LoginService.class);

	private final AuthenticationManager manager;

	private final LoginSettings settings;

	private final LoginPool pool;

	private final LoginTurns turns;

	private final LoginSessions sessions;

	private final LoginCounts counts = new LoginCounts();

	private final Set<CompletableFuture<Boolean>> pending = ConcurrentHashMap.newKeySet();

	/**
	 * Create a service with threads of its own.
	 * @param manager checks credentials
	 * @param settings what logins cost
	 * @param sessions knows the sessions
	 * @param clock tells the time
	 */
	public LoginService(AuthenticationManager manager, LoginSettings settings, LoginSessions sessions,
			InstantSource clock) {
		this.manager = manager;
		this.settings = settings;
		this.pool = new LoginPool(settings.threads(), settings.maxWaiting());
		this.turns = new LoginTurns(new LoginThrottle(settings, clock), this.pool, this.counts);
		this.sessions = sessions;
		this.pool.repeat(sessions::recheck, settings.recheckInterval());
	}

	/**
	 * Return how logins have ended so far.
	 * @return the counts
	 */
	public LoginCounts counts() {
		return this.counts;
	}

	/**
	 * Give up the logins that wait, as the server waits for them before it closes
	 * sessions.
	 */
	@Override
	public void onApplicationEvent(IrpcServerDrainEvent event) {
		if (event.phase() == IrpcServerDrainEvent.Phase.SENDING_AWAY) {
			IrpcException reason = new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down");
			this.pending.forEach((login) -> login.completeExceptionally(reason));
		}
	}

	/**
	 * End the threads.
	 */
	@Override
	public void close() {
		this.pool.close();
	}

	/**
	 * Log a session in. Commands that come behind wait for the outcome.
	 * @param session the session
	 * @param user the name given, for the count of failures
	 * @param request makes the request for authentication, on a thread that may block
	 * @return completed with whether the session belongs to the user now
	 * @throws IrpcException if a login of the session runs already, or too many wait
	 */
	CompletableFuture<Boolean> login(IrpcSession session, String user, Supplier<Authentication> request) {
		CompletableFuture<Boolean> result = attempt(session, user, () -> {
			Authentication authentication = authenticate(session, request.get());
			this.sessions.loggedIn(session, authentication);
			this.counts.addAccepted();
		});
		session.hold(result);
		return result;
	}

	/**
	 * Make a session anonymous, after a login that is still being checked. Commands that
	 * come behind wait for it as well.
	 * @param session the session
	 * @return completed with {@code true}
	 */
	CompletableFuture<Boolean> logout(IrpcSession session) {
		CompletableFuture<Boolean> result = this.sessions.state(session).running().handle((accepted, ex) -> {
			session.changeUser(null);
			return true;
		});
		session.hold(result);
		return result;
	}

	/**
	 * Log a session in whose connection identifies the peer, if it is known and nobody
	 * has logged in meanwhile. Commands wait for the outcome.
	 * @param session the session
	 * @param request finds out who the peer is, {@code null} if nobody knows
	 */
	void loginPeer(IrpcSession session, Supplier<@Nullable PeerAuthentication> request) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		session.hold(done);
		try {
			this.pool.check(() -> {
				try {
					PeerAuthentication peer = request.get();
					if (peer != null) {
						SessionUser user = SessionAuthentication.user(authenticate(session, peer));
						if (session.replaceUser(null, user)) {
							this.counts.addAccepted();
						}
					}
				}
				catch (AuthenticationException ex) {
					logger.debug("The peer of " + session + " is not logged in: " + ex.getClass().getSimpleName());
				}
				catch (RuntimeException ex) {
					logger.error("Cannot find out who the peer of " + session + " is", LogSafe.failure(ex));
				}
				finally {
					done.complete(null);
				}
			}, Duration.ZERO);
		}
		catch (IrpcException ex) {
			done.complete(null);
		}
	}

	/**
	 * Run what needs credentials, and treat a refusal as a failed login.
	 * @param session the session
	 * @param user the name given
	 * @param action throws an {@link AuthenticationException} to refuse
	 * @return completed with whether it was not refused
	 * @throws IrpcException if a login of the session runs already, or too many wait
	 */
	@SuppressWarnings("CollectionUndefinedEquality")
	public CompletableFuture<Boolean> attempt(IrpcSession session, String user, Runnable action) {
		LoginSessions.State state = this.sessions.state(session);
		CompletableFuture<Boolean> checked = new CompletableFuture<>();
		if (!state.begin(checked)) {
			throw new IrpcException(ErrorCode.RESOURCE_EXHAUSTED, "A login of this session is still being checked");
		}
		this.pending.add(checked);
		// whoever has the answer may try again at once
		CompletableFuture<Boolean> result = checked.whenComplete((accepted, ex) -> {
			this.pending.remove(checked);
			state.end();
		});
		LoginThrottle.Key key = LoginThrottle.Key.of(user, session.remoteAddress());
		this.turns.take(key, () -> check(session, state, key, action, checked), checked);
		return result;
	}

	Authentication authenticate(IrpcSession session, Authentication request) {
		if (request instanceof AbstractAuthenticationToken token) {
			SocketAddress remote = session.remoteAddress();
			token.setDetails(new LoginDetails((remote != null) ? remote.toString() : null, session.id()));
		}
		Authentication result = this.manager.authenticate(request);
		if (!result.isAuthenticated()) {
			throw new BadCredentialsException("The authentication manager did not authenticate");
		}
		return result;
	}

	private void check(IrpcSession session, LoginSessions.State state, LoginThrottle.Key key, Runnable action,
			CompletableFuture<Boolean> result) {
		if (result.isDone() || session.whenClosed().isDone()) {
			// whoever has gone learns nothing, so it shall cost nothing
			result.complete(false);
			return;
		}
		long start = System.nanoTime();
		try {
			action.run();
			this.turns.succeeded(key);
			result.complete(true);
		}
		catch (AuthenticationServiceException ex) {
			this.counts.addFailed();
			logger.error("Cannot check a login of " + session, LogSafe.failure(ex));
			result.completeExceptionally(new IrpcException(ErrorCode.UNAVAILABLE, "Logins cannot be checked now", ex));
		}
		catch (AuthenticationException ex) {
			logger.debug("Refused a login of " + session + ": " + ex.getClass().getSimpleName());
			this.turns.failed(key);
			this.counts.addRefused();
			refuse(session, state, Duration.ofNanos(System.nanoTime() - start), result);
		}
		catch (RuntimeException | Error ex) {
			result.completeExceptionally(ex);
		}
	}

	private void refuse(IrpcSession session, LoginSessions.State state, Duration elapsed,
			CompletableFuture<Boolean> result) {
		boolean last = state.failed() >= this.settings.maxFailures();
		long unit = this.settings.refusalTime().toNanos();
		long remaining = unit - elapsed.toNanos() % unit;
		this.pool.schedule(() -> {
			if (last) {
				session.end(new IrpcException(ErrorCode.UNAUTHENTICATED,
						"Too many failed logins (expected: < " + this.settings.maxFailures() + ")"));
			}
			result.complete(false);
		}, Duration.ofNanos(remaining));
	}

}
