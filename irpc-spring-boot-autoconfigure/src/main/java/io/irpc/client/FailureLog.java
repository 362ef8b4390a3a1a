package io.irpc.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.irpc.call.NotConnectedException;
import io.irpc.protocol.LogSafe;
import io.irpc.transport.WrongPinException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs why there is no connection, and when there is one again, without repeating itself
 * with each attempt. Safe for use by many threads.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(ConnectionWatchdog.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	/**
	 * As many different reasons are logged in an interval, whatever the addresses are.
	 */
	private static final int MAX_REASONS = 5;

	private final Map<String, Long> logged = new HashMap<>();

	private boolean quiet;

	/**
	 * Log a failure.
	 * @param failure the failure
	 */
	synchronized void log(NotConnectedException failure) {
		String reason = LogSafe.text(failure.getMessage());
		boolean refused = failure.getCause() instanceof LoginRefusedException;
		long now = System.nanoTime();
		this.logged.values().removeIf((time) -> now - time >= INTERVAL);
		this.quiet = this.logged.containsKey(reason) || this.logged.size() >= MAX_REASONS;
		if (this.quiet) {
			logger.debug(reason);
			return;
		}
		this.logged.put(reason, now);
		String message = reason + (refused ? ". Waiting for other credentials" : ". Trying again until it succeeds");
		if (refused || isWrongPin(failure) || Arrays.stream(failure.getSuppressed()).anyMatch(FailureLog::isWrongPin)) {
			logger.error(message);
		}
		else {
			logger.warn(message);
		}
	}

	/**
	 * Log that there is a connection, as loud as the failure before it.
	 * @param server the address
	 */
	synchronized void connected(ServerAddress server) {
		String message = "Connected to " + server;
		if (this.quiet) {
			logger.debug(message);
		}
		else {
			logger.info(message);
		}
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
