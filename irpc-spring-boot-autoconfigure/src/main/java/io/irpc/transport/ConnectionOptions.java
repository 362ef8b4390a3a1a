package io.irpc.transport;

import java.time.Duration;

/**
 * Limits and times of a connection (protocol §8).
 *
 * @param maxMessageLength length in bytes of the longest line accepted
 * @param maxParameters how many parameters one command may have
 * @param lineTimeout time for a started line to end
 * @param pingInterval time without a byte received after which the peer is pinged
 * @param idleTimeout time without a byte received after which the connection is closed
 * @param highWaterMark unsent bytes from which on the connection counts as not writable
 * @param lowWaterMark unsent bytes below which it is writable again
 * @param slowPeerTimeout time in which a connection must become writable again
 * @since 0.1.0
 */
public record ConnectionOptions(int maxMessageLength, int maxParameters, Duration lineTimeout, Duration pingInterval,
		Duration idleTimeout, long highWaterMark, long lowWaterMark, Duration slowPeerTimeout) {

	/**
	 * The limits of the protocol page.
	 */
	public static final ConnectionOptions DEFAULTS = new ConnectionOptions(1024 * 1024, 64, Duration.ofSeconds(30),
			Duration.ofSeconds(30), Duration.ofSeconds(90), 1024 * 1024, 512 * 1024, Duration.ofSeconds(30));

	/**
	 * Unsent bytes at which a connection is closed at once, as a peer that sends and does
	 * not read must not fill the memory while the time for slow peers runs.
	 */
	private static final int HARD_LIMIT_FACTOR = 16;

	/**
	 * Create options.
	 */
	public ConnectionOptions {
		require(maxMessageLength > 0, "maxMessageLength", maxMessageLength, "> 0");
		require(maxParameters > 0, "maxParameters", maxParameters, "> 0");
		require(isPositive(lineTimeout), "lineTimeout", lineTimeout, "> 0");
		require(isPositive(pingInterval), "pingInterval", pingInterval, "> 0");
		require(idleTimeout.compareTo(pingInterval) > 0, "idleTimeout", idleTimeout, "> pingInterval " + pingInterval);
		require(lowWaterMark > 0 && lowWaterMark < highWaterMark, "lowWaterMark", lowWaterMark,
				"> 0 and < highWaterMark " + highWaterMark);
		require(isPositive(slowPeerTimeout), "slowPeerTimeout", slowPeerTimeout, "> 0");
	}

	long hardLimit() {
		return HARD_LIMIT_FACTOR * Math.max(this.highWaterMark, this.maxMessageLength);
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

	private static void require(boolean valid, String name, Object value, String expected) {
		if (!valid) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
