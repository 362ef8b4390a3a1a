package io.irpc.session;

import java.security.Principal;
import java.util.SortedSet;

/**
 * The user that a session belongs to.
 *
 * @param principal the user
 * @param authorities the authorities granted, as {@code whaticando} lists them
 * @since 0.1.0
 */
public record SessionUser(Principal principal, SortedSet<String> authorities) {

}
