package io.irpc.observation;

import java.util.Locale;

import io.irpc.session.IrpcSession;
import io.irpc.session.SessionLimits;
import io.irpc.session.SessionManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the sessions of a server.
 *
 * @since 0.1.0
 */
public final class SessionMeters implements MeterBinder {

	private final SessionManager sessions;

	private final SessionLimits limits;

	/**
	 * Create meters.
	 * @param sessions the sessions
	 * @param limits the limits of all sessions together
	 */
	public SessionMeters(SessionManager sessions, SessionLimits limits) {
		this.sessions = sessions;
		this.limits = limits;
	}

	@Override
	@SuppressWarnings("EnumOrdinal")
	public void bindTo(MeterRegistry registry) {
		Sample<int[][]> counts = new Sample<>(this::count, System::nanoTime);
		for (State state : State.values()) {
			for (User user : User.values()) {
				IrpcMeter.SERVER_SESSIONS.gauge(registry, counts,
						(sample) -> sample.get()[state.ordinal()][user.ordinal()], key(state), key(user));
			}
		}
		IrpcMeter.SERVER_SESSIONS_OPENED.counter(registry, this.sessions, SessionManager::openedCount);
		IrpcMeter.SERVER_COMMANDS.gauge(registry, this.sessions, SessionManager::runningCommands, "running");
		IrpcMeter.SERVER_COMMANDS.gauge(registry, this.sessions, SessionManager::parkedCommands, "parked");
		IrpcMeter.SERVER_MESSAGES.counter(registry, this.sessions, (all) -> all.traffic().receivedMessages(),
				TrafficDirection.IN);
		IrpcMeter.SERVER_MESSAGES.counter(registry, this.sessions, (all) -> all.traffic().sentMessages(),
				TrafficDirection.OUT);
		IrpcMeter.SERVER_TRAFFIC.counter(registry, this.sessions, (all) -> all.traffic().receivedBytes(),
				TrafficDirection.IN);
		IrpcMeter.SERVER_TRAFFIC.counter(registry, this.sessions, (all) -> all.traffic().sentBytes(),
				TrafficDirection.OUT);
		IrpcMeter.SERVER_MEMORY_USED.gauge(registry, this.sessions, SessionManager::usedMemory);
		IrpcMeter.SERVER_MEMORY_MAX.gauge(registry, this.limits, SessionLimits::maxMemory);
	}

	@SuppressWarnings("EnumOrdinal")
	private int[][] count() {
		int[][] counts = new int[State.values().length][User.values().length];
		for (IrpcSession session : this.sessions.sessions()) {
			counts[State.of(session).ordinal()][User.of(session).ordinal()]++;
		}
		return counts;
	}

	private static String key(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether a session takes what it is sent.
	 */
	private enum State {

		READY, HELD, SLOW;

		static State of(IrpcSession session) {
			if (!session.isWritable()) {
				return SLOW;
			}
			return session.isHeld() ? HELD : READY;
		}

	}

	/**
	 * Whose session it is.
	 */
	private enum User {

		ANONYMOUS, AUTHENTICATED;

		static User of(IrpcSession session) {
			return (session.user() != null) ? AUTHENTICATED : ANONYMOUS;
		}

	}

}
