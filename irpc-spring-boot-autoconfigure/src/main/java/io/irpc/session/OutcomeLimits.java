package io.irpc.session;

import java.time.Duration;

/**
 * How long and how much is remembered of the calls of lost sessions (protocol §6, feature
 * {@code outcome}).
 *
 * @param retention how long after the end of a session
 * @param maxSize bytes of the answers of one user's sessions that have ended, and of each
 * one that has not
 * @since 0.1.0
 */
public record OutcomeLimits(Duration retention, long maxSize) {

}
