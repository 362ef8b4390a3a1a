package io.irpc.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The time between pings that peers may agree on (protocol §6, feature
 * {@code keepalive}).
 */
final class KeepAlive {

	/**
	 * The name of the argument, and of the member of the answer.
	 */
	static final String NAME = "keepAlive";

	private static final int MIN_SECONDS = 15;

	private static final int MAX_SECONDS = 300;

	private KeepAlive() {
	}

	/**
	 * Return what holds of what was asked for.
	 * @param seconds the number of seconds asked for, {@code null} for none
	 * @return the time between pings, {@code null} to leave it as it is
	 */
	static @Nullable Duration of(@Nullable Integer seconds) {
		return (seconds != null) ? Duration.ofSeconds(Math.max(MIN_SECONDS, Math.min(MAX_SECONDS, seconds))) : null;
	}

}
