package io.irpc.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Limits of all sessions together (protocol §8).
 *
 * @param maxSessions how many sessions
 * @param maxSessionsPerAddress how many sessions of one address: an IPv4 address, an IPv6
 * network of 64 bits, or all Unix domain sockets together
 * @param maxMemory bytes of the lines that have not ended, the commands that run or wait,
 * and the messages that are not sent
 * @param anonymous limits of those who have not logged in, {@code null} where no login is
 * required
 * @param outcomes how long what is remembered of calls, {@code null} to remember none
 * @since 0.1.0
 */
public record SessionLimits(int maxSessions, int maxSessionsPerAddress, long maxMemory, @Nullable Anonymous anonymous,
		@Nullable OutcomeLimits outcomes) {

	/**
	 * No limits, for sessions that this end opens itself.
	 */
	public static final SessionLimits UNLIMITED = new SessionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE,
			Long.MAX_VALUE, null, null);

	/**
	 * Limits of the sessions that have not logged in.
	 *
	 * @param maxSessions how many sessions; from a tenth of it on some are refused at
	 * random, so that strangers cannot keep users out
	 * @param maxSessionsPerAddress how many sessions of one address
	 * @param loginTimeout time to log in, which nothing but a login ends
	 */
	public record Anonymous(int maxSessions, int maxSessionsPerAddress, Duration loginTimeout) {

	}

}
