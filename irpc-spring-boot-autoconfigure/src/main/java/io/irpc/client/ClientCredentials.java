package io.irpc.client;

import org.jspecify.annotations.Nullable;

/**
 * Supplies what a client logs in with. Asked for each connection, so that tokens can be
 * renewed, one time after the other on a thread that may block. A bean of this type takes
 * the place of the properties {@code irpc.client.username}, {@code password} and
 * {@code token}; one with the qualifier {@code NAME} that is no default candidate takes
 * the place of those of {@code irpc.clients.NAME}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClientCredentials {

	/**
	 * Return what to log in with.
	 * @return the credentials, {@code null} to stay anonymous
	 * @throws RuntimeException if there are none now: the client tries again later
	 */
	@Nullable Credentials get();

	/**
	 * The server refuses credentials. They are not tried again: the client connects when
	 * {@link #get} returns others, for which it is asked soon after this, and at each
	 * call.
	 * @param credentials the credentials
	 */
	default void refused(Credentials credentials) {
	}

}
