package io.irpc.client;

import io.irpc.payload.PayloadException;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;

/**
 * Logs that events could not be handled, without what stands in them: those whose members
 * do not fit the type of their handler are told with their values at DEBUG alone.
 */
final class EventLog {

	private EventLog() {
	}

	static void failed(Log logger, String problem, Throwable cause) {
		if (cause instanceof PayloadException) {
			logger.error(problem + ": its members do not fit the type of the handler (logged at DEBUG)");
			logger.debug(problem, LogSafe.failure(cause));
		}
		else {
			logger.error(problem, LogSafe.failure(cause));
		}
	}

}
