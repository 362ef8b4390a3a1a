package io.irpc.security;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Ends the rights of a bearer token when it expires.
 *
 * @since 0.1.0
 */
public final class TokenRefresher implements AuthenticationRefresher {

	private final InstantSource clock;

	/**
	 * Create a refresher.
	 * @param clock tells the time
	 */
	public TokenRefresher(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public boolean supports(Authentication authentication) {
		return authentication instanceof AbstractOAuth2TokenAuthenticationToken<?>;
	}

	@Override
	public Optional<Collection<? extends GrantedAuthority>> authorities(Authentication authentication) {
		Instant expiry = ((AbstractOAuth2TokenAuthenticationToken<?>) authentication).getToken().getExpiresAt();
		boolean expired = expiry != null && !this.clock.instant().isBefore(expiry);
		return expired ? Optional.empty() : Optional.of(authentication.getAuthorities());
	}

}
