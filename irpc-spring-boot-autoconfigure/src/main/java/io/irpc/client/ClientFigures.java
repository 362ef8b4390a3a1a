package io.irpc.client;

import io.irpc.session.Traffic;

/**
 * What a client has done, and how it is doing.
 *
 * @param name what the application knows the client by
 * @param state the state of its connection
 * @param connections how many connections it has had, the one of the moment included
 * @param failedAttempts how many attempts to connect have failed, one through all
 * addresses counted as one
 * @param traffic what has crossed the lines of all its connections
 * @since 0.1.0
 */
public record ClientFigures(String name, ConnectionState state, long connections, long failedAttempts,
		Traffic traffic) {

}
