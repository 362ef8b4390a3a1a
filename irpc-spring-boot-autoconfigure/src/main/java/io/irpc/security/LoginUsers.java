package io.irpc.security;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * The users of the application, as far as they can be found by name.
 *
 * @param service finds users, {@code null} if nothing does
 * @since 0.1.0
 */
public record LoginUsers(@Nullable UserDetailsService service) {

}
