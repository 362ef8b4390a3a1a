package io.irpc.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionListener;
import io.irpc.session.SessionUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * Keeps track of who is logged in on which session, and ends their rights when they
 * expire or are taken away.
 *
 * @since 0.1.0
 */
public final class LoginSessions implements SessionListener {

	private static final Log logger = LogFactory.getLog(LoginSessions.class);

	private final Map<IrpcSession, State> sessions = new ConcurrentHashMap<>();

	private final List<AuthenticationRefresher> refreshers;

	/**
	 * Create an instance.
	 * @param refreshers find out what has become of rights
	 */
	public LoginSessions(List<AuthenticationRefresher> refreshers) {
		this.refreshers = List.copyOf(refreshers);
	}

	@Override
	public void opened(IrpcSession session) {
		this.sessions.put(session, new State());
	}

	@Override
	public void closed(IrpcSession session, String reason) {
		this.sessions.remove(session);
	}

	int count() {
		return this.sessions.size();
	}

	State state(IrpcSession session) {
		State state = this.sessions.get(session);
		if (state == null) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "The session is closed");
		}
		return state;
	}

	/**
	 * Give a session to a user. Called on a thread that may block.
	 * @param session the session
	 * @param authentication the user
	 */
	void loggedIn(IrpcSession session, Authentication authentication) {
		SessionUser user = SessionAuthentication.user(authentication);
		state(session).rights = LoginRights.of(user, this.refreshers);
		session.changeUser(user);
	}

	/**
	 * Check the rights of all who are logged in again. Those of one user on many sessions
	 * are found out once.
	 */
	void recheck() {
		Findings findings = new Findings();
		this.sessions.forEach((session, state) -> {
			try {
				recheck(session, state, findings);
			}
			catch (RuntimeException | Error ex) {
				logger.error("Cannot check the rights of the user of " + session, LogSafe.failure(ex));
			}
		});
		findings.warn();
	}

	@SuppressWarnings("ReferenceEquality")
	private void recheck(IrpcSession session, State state, Findings findings) {
		SessionUser user = session.user();
		if (user == null) {
			return;
		}
		LoginRights rights = state.rights;
		if (rights == null || rights.user() != user) {
			rights = LoginRights.of(user, this.refreshers);
			state.rights = rights;
		}
		Finding finding = findings.of(rights);
		if (finding.known()) {
			apply(finding.authorities(), session, state, rights);
		}
	}

	private static void apply(@Nullable Collection<? extends GrantedAuthority> now, IrpcSession session, State state,
			LoginRights rights) {
		SessionUser user = rights.user();
		if (now != null && rights.hold(now)) {
			return;
		}
		if (now == null || !rights.areUnmapped()) {
			if (session.replaceUser(user, null)) {
				session.end(new IrpcException(ErrorCode.UNAUTHENTICATED, "The login is not valid any more"));
			}
			return;
		}
		SessionUser changed = SessionAuthentication
			.user(SessionAuthentication.of(user).toBuilder().authorities((authorities) -> {
				authorities.removeIf((authority) -> !(authority instanceof FactorGrantedAuthority));
				authorities.addAll(now);
			}).build());
		if (session.replaceUser(user, changed)) {
			state.rights = new LoginRights(changed, rights.refresher(), null);
		}
	}

	/**
	 * What one round has found out.
	 */
	private static final class Findings {

		private final Map<Key, Finding> found = new HashMap<>();

		private int failures;

		private @Nullable RuntimeException failure;

		Finding of(LoginRights rights) {
			AuthenticationRefresher refresher = rights.refresher();
			if (refresher == null) {
				return Finding.UNKNOWN;
			}
			Authentication user = SessionAuthentication.of(rights.user());
			return this.found.computeIfAbsent(
					new Key(refresher, user.getClass(), user.getPrincipal(), user.getCredentials()),
					(key) -> find(refresher, user));
		}

		private Finding find(AuthenticationRefresher refresher, Authentication user) {
			try {
				return new Finding(true, refresher.authorities(user).orElse(null));
			}
			catch (RuntimeException ex) {
				this.failures++;
				this.failure = ex;
				return Finding.UNKNOWN;
			}
		}

		void warn() {
			if (this.failure != null) {
				logger.warn("Cannot check the rights of " + this.failures
						+ " users who are logged in, which stay as they are", LogSafe.failure(this.failure));
			}
		}

		private record Key(AuthenticationRefresher refresher, Class<?> type, @Nullable Object principal,
				@Nullable Object credentials) {

		}

	}

	/**
	 * What has become of the rights of a user.
	 *
	 * @param known whether that was found out
	 * @param authorities the authorities now, {@code null} if the login has ended
	 */
	private record Finding(boolean known, @Nullable Collection<? extends GrantedAuthority> authorities) {

		static final Finding UNKNOWN = new Finding(false, null);

	}

	/**
	 * What is known of the logins of one session.
	 */
	static final class State {

		private final AtomicReference<@Nullable CompletableFuture<Boolean>> running = new AtomicReference<>();

		private final AtomicInteger failures = new AtomicInteger();

		private volatile @Nullable LoginRights rights;

		boolean begin(CompletableFuture<Boolean> login) {
			return this.running.compareAndSet(null, login);
		}

		void end() {
			this.running.set(null);
		}

		CompletableFuture<Boolean> running() {
			CompletableFuture<Boolean> login = this.running.get();
			return (login != null) ? login : CompletableFuture.completedFuture(false);
		}

		int failed() {
			return this.failures.incrementAndGet();
		}

	}

}
