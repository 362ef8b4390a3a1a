package io.irpc.session;

import java.time.Duration;
import java.time.Instant;

import io.irpc.protocol.LogSafe;

/**
 * Says in one line of a log what a session that has ended was.
 */
final class SessionEnd {

	private SessionEnd() {
	}

	/**
	 * Describe a session that has ended just now.
	 * @param session the session
	 * @param reason why it has ended
	 * @return the line
	 */
	static String describe(IrpcSession session, String reason) {
		SessionFigures figures = session.figures();
		Traffic traffic = figures.traffic();
		SessionUser user = session.user();
		return "Closed: " + session + ((user != null) ? " (" + LogSafe.text(user.principal().getName()) + ")" : "")
				+ " after " + Duration.between(figures.opened(), Instant.now()).toMillis() + " ms, received "
				+ traffic.receivedMessages() + " messages (" + traffic.receivedBytes() + " bytes), sent "
				+ traffic.sentMessages() + " (" + traffic.sentBytes() + " bytes): " + LogSafe.text(reason);
	}

}
