package io.irpc.security;

import org.springframework.security.authentication.AuthenticationProvider;

/**
 * An authentication provider for sessions alone, which the rest of the application does
 * not see.
 *
 * @param provider the provider
 * @since 0.1.0
 */
public record LoginProvider(AuthenticationProvider provider) {

}
