package io.irpc.session;

import java.io.Serial;
import java.time.Duration;
import java.time.Instant;

/**
 * Published when a session of the server was closed. What has crossed its line stands in
 * {@link IrpcSession#figures()}.
 *
 * @since 0.1.0
 */
public final class IrpcSessionClosedEvent extends IrpcSessionEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String reason;

	IrpcSessionClosedEvent(IrpcSession session, String reason) {
		super(session);
		this.reason = reason;
	}

	/**
	 * Return why the session was closed.
	 * @return the reason in words for a log, what the peer has said of it made safe for
	 * one
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return how long the session has lasted.
	 * @return the time from its opening to its end
	 */
	public Duration duration() {
		return Duration.between(session().figures().opened(), Instant.ofEpochMilli(getTimestamp()));
	}

}
