package io.irpc.security.pairing;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A client that is paired with this server.
 *
 * @param id by which it is revoked
 * @param name its name, which no other client has
 * @param paired when it was paired
 * @param lastUsed when it logged in the last time, to the hour; {@code null} for never
 * @since 0.1.0
 */
public record PairedClient(String id, String name, Instant paired, @Nullable Instant lastUsed) {

}
