package io.irpc.security;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * Where a login came from: the details of its authentication.
 *
 * @param remoteAddress the address of the peer, {@code null} if it has none
 * @param sessionId the number of the session
 * @since 0.1.0
 */
public record LoginDetails(@Nullable String remoteAddress, long sessionId) implements Serializable {

}
