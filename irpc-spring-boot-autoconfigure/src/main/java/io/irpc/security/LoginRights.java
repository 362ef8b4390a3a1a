package io.irpc.security;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.irpc.protocol.LogSafe;
import io.irpc.session.SessionUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * What was found out about the rights of a user at the login.
 *
 * @param user the user
 * @param refresher knows what becomes of the rights, {@code null} if nothing does
 * @param source the authorities that the refresher knew, {@code null} if it could not
 * tell: those of the user may be others, if the application maps them
 */
record LoginRights(SessionUser user, @Nullable AuthenticationRefresher refresher, @Nullable Set<String> source) {

	private static final Log logger = LogFactory.getLog(LoginRights.class);

	static LoginRights of(SessionUser user, List<AuthenticationRefresher> refreshers) {
		Authentication authentication = SessionAuthentication.of(user);
		AuthenticationRefresher supporting = null;
		try {
			for (AuthenticationRefresher refresher : refreshers) {
				// also if it cannot tell now: rights must not stay because a store is
				// down
				supporting = refresher;
				if (refresher.supports(authentication)) {
					return new LoginRights(user, refresher,
							refresher.authorities(authentication).map(LoginRights::names).orElse(null));
				}
				supporting = null;
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot find out the rights of a user who logs in, other than those of the login",
					LogSafe.failure(ex));
		}
		return new LoginRights(user, supporting, null);
	}

	/**
	 * Return whether the user was given the authorities as the refresher knew them.
	 * @return {@code false} if the application maps them in a way that is not known here
	 */
	boolean areUnmapped() {
		return this.source == null || this.source.equals(granted());
	}

	/**
	 * Return whether the authorities are still what they were.
	 * @param now the authorities that the refresher knows now
	 * @return {@code true} if nothing is to be done
	 */
	boolean hold(Collection<? extends GrantedAuthority> now) {
		return names(now).equals((this.source != null) ? this.source : granted());
	}

	private Set<String> granted() {
		return names(SessionAuthentication.of(this.user).getAuthorities());
	}

	private static Set<String> names(Collection<? extends GrantedAuthority> authorities) {
		return authorities.stream()
			.filter((authority) -> !(authority instanceof FactorGrantedAuthority))
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.collect(Collectors.toSet());
	}

}
