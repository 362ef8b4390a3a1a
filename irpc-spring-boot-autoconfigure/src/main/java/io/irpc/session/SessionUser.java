package io.irpc.session;

import java.security.Principal;
import java.util.Set;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * The user that a session belongs to.
 *
 * @param principal the user
 * @param authorities the authorities granted, as {@code whaticando} lists them
 * @since 0.1.0
 */
public record SessionUser(Principal principal, SortedSet<String> authorities) {

	/**
	 * Return the authorities of a user or of an anonymous session.
	 * @param user the user, {@code null} for none
	 * @return the authorities, empty for none
	 */
	public static Set<String> authoritiesOf(@Nullable SessionUser user) {
		return (user != null) ? user.authorities() : Set.of();
	}

}
