package io.irpc.security;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Makes a request for authentication of a token that a session logs in with. Beans of
 * this type are asked in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenConverter {

	/**
	 * Convert a token. Called on a thread that may block.
	 * @param token the token
	 * @return what the authentication manager is asked, {@code null} if the token is of
	 * another kind
	 */
	@Nullable Authentication convert(String token);

}
