package io.irpc.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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

	State state(IrpcSession session) {
		State state = this.sessions.get(session);
		if (state == null) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "The session is closed");
		}
		return state;
	}

	void loggedIn(IrpcSession session, Authentication authentication) {
		session.changeUser(SessionAuthentication.user(authentication));
	}

	/**
	 * Check the rights of all who are logged in again. Those of one user on many sessions
	 * are found out once.
	 */
	void recheck() {
		Map<Object, Finding> findings = new HashMap<>();
		this.sessions.keySet().forEach((session) -> {
			SessionUser user = session.user();
			if (user != null) {
				Authentication authentication = SessionAuthentication.of(user);
				apply(findings.computeIfAbsent(authentication.getPrincipal(), (principal) -> find(authentication)),
						session, user, authentication);
			}
		});
	}

	private Finding find(Authentication authentication) {
		try {
			for (AuthenticationRefresher refresher : this.refreshers) {
				if (refresher.supports(authentication)) {
					return new Finding(true, refresher.authorities(authentication).orElse(null));
				}
			}
		}
		catch (RuntimeException ex) {
			logger.warn(
					"Cannot check the rights of a user who is logged in, which stay as they are: " + LogSafe.text(ex));
		}
		return new Finding(false, null);
	}

	private static void apply(Finding finding, IrpcSession session, SessionUser user, Authentication authentication) {
		if (!finding.known()) {
			return;
		}
		Collection<? extends GrantedAuthority> authorities = finding.authorities();
		if (authorities == null) {
			if (session.replaceUser(user, null)) {
				session.end(new IrpcException(ErrorCode.UNAUTHENTICATED, "The login is not valid any more"));
			}
			return;
		}
		Set<GrantedAuthority> wanted = new LinkedHashSet<>(authorities);
		authentication.getAuthorities().stream().filter(FactorGrantedAuthority.class::isInstance).forEach(wanted::add);
		if (!wanted.equals(new LinkedHashSet<GrantedAuthority>(authentication.getAuthorities()))) {
			session.replaceUser(user, SessionAuthentication.user(authentication.toBuilder().authorities((current) -> {
				current.clear();
				current.addAll(wanted);
			}).build()));
		}
	}

	/**
	 * What has become of the rights of a user.
	 *
	 * @param known whether that was found out
	 * @param authorities the authorities now, {@code null} if the login has ended
	 */
	private record Finding(boolean known, @Nullable Collection<? extends GrantedAuthority> authorities) {

	}

	/**
	 * What is known of the logins of one session.
	 */
	static final class State {

		private final AtomicBoolean running = new AtomicBoolean();

		private final AtomicInteger failures = new AtomicInteger();

		boolean begin() {
			return this.running.compareAndSet(false, true);
		}

		void end() {
			this.running.set(false);
		}

		int failed() {
			return this.failures.incrementAndGet();
		}

	}

}
