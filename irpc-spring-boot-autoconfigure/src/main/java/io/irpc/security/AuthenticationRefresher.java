package io.irpc.security;

import java.util.Collection;
import java.util.Optional;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Finds out what has become of the rights of somebody who is logged in. Beans of this
 * type are asked in their order.
 *
 * @since 0.1.0
 */
public interface AuthenticationRefresher {

	/**
	 * Return whether this refresher knows about an authentication. Called once for each
	 * login, on a thread that may block.
	 * @param authentication the authentication
	 * @return {@code true} if it does
	 */
	boolean supports(Authentication authentication);

	/**
	 * Find out which authorities somebody has now. Called on a thread that may block,
	 * once for all sessions with equal principals and credentials.
	 * @param authentication the authentication
	 * @return the authorities; empty if the login is not valid any more
	 * @throws RuntimeException if that cannot be found out now: then the rights stay
	 */
	Optional<Collection<? extends GrantedAuthority>> authorities(Authentication authentication);

}
