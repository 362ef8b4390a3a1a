package io.irpc.security;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Converts between the user of a session and Spring Security's authentication.
 */
final class SessionAuthentication {

	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("irpc", "anonymousUser",
			List.of(new SimpleGrantedAuthority("ROLE_ANONYMOUS")));

	private SessionAuthentication() {
	}

	static SessionUser user(Authentication authentication) {
		SortedSet<String> authorities = new TreeSet<>();
		for (GrantedAuthority granted : authentication.getAuthorities()) {
			String authority = granted.getAuthority();
			if (authority != null) {
				authorities.add(authority);
			}
		}
		return new SessionUser(authentication, authorities);
	}

	static Authentication of(@Nullable SessionUser user) {
		return (user != null && user.principal() instanceof Authentication authentication) ? authentication : ANONYMOUS;
	}

}
