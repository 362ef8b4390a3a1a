package io.irpc.session;

import java.time.Clock;
import java.time.Instant;

/**
 * Keeps account of what one session does. Changed on its event loop, read anywhere; once
 * for all that is read from the line together.
 */
final class SessionActivity {

	private final Clock clock;

	private final TrafficCounter traffic;

	private final Instant opened;

	private volatile long lastActivity;

	private int uncounted;

	private boolean active;

	SessionActivity(Clock clock, TrafficCounter total) {
		this.clock = clock;
		this.traffic = new TrafficCounter(total);
		this.opened = clock.instant();
		this.lastActivity = this.opened.toEpochMilli();
	}

	/**
	 * A message was received.
	 * @param meansActivity whether it is more than a sign of life
	 */
	void received(boolean meansActivity) {
		this.uncounted++;
		this.active |= meansActivity;
	}

	void bytesReceived(int bytes) {
		this.traffic.received(this.uncounted, bytes);
		this.uncounted = 0;
		if (this.active) {
			this.active = false;
			this.lastActivity = this.clock.millis();
		}
	}

	void written(int messages, int bytes) {
		this.traffic.sent(messages, bytes);
	}

	SessionFigures figures(AcceptedCommands commands) {
		return new SessionFigures(this.opened, Instant.ofEpochMilli(this.lastActivity), this.traffic.sum(),
				commands.running(), commands.waiting());
	}

}
