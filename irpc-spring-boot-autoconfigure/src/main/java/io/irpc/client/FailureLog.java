package io.irpc.client;

import java.time.Duration;

import io.irpc.protocol.LogSafe;
import io.irpc.transport.WrongPinException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs why there is no connection, without repeating itself with each attempt. Safe for
 * use by many threads.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(ConnectionWatchdog.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private long lastLogged;

	private @Nullable String lastReason;

	/**
	 * Log a failure.
	 * @param reason what has happened
	 * @param cause why, {@code null} for nothing special
	 */
	synchronized void log(String reason, @Nullable Throwable cause) {
		long now = System.nanoTime();
		boolean refused = cause instanceof LoginRefusedException;
		if (reason.equals(this.lastReason) && (refused || now - this.lastLogged < INTERVAL)) {
			logger.debug(LogSafe.text(reason));
			return;
		}
		this.lastReason = reason;
		this.lastLogged = now;
		String message = LogSafe.text(reason)
				+ (refused ? ". Waiting for other credentials" : ". Trying again until it succeeds");
		if (refused || isWrongPin(cause)) {
			logger.error(message);
		}
		else {
			logger.warn(message);
		}
	}

	/**
	 * Let the next failure be logged in any case.
	 */
	synchronized void reset() {
		this.lastReason = null;
	}

	static boolean isWrongPin(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof WrongPinException) {
				return true;
			}
		}
		return false;
	}

}
