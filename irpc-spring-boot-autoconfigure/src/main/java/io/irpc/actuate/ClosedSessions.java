package io.irpc.actuate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import io.irpc.session.IrpcSession;
import io.irpc.session.IrpcSessionClosedEvent;
import io.irpc.session.PeerIdentity;
import io.irpc.session.SessionUser;
import io.irpc.session.Traffic;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;

/**
 * Remembers how the last sessions have ended, for whoever asks why a client was cut off.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ClosedSessions implements ApplicationListener<IrpcSessionClosedEvent> {

	/**
	 * How many sessions are remembered.
	 */
	static final int MAX = 100;

	private final Deque<Closed> sessions = new ArrayDeque<>();

	@Override
	public void onApplicationEvent(IrpcSessionClosedEvent event) {
		IrpcSession session = event.session();
		SessionUser user = session.user();
		Closed closed = new Closed(session.id(), (user != null) ? user.principal().getName() : null,
				Addresses.text(session.remoteAddress()), session.peer(),
				session.figures().opened().truncatedTo(ChronoUnit.MILLIS), Instant.ofEpochMilli(event.getTimestamp()),
				event.reason(), session.figures().traffic());
		synchronized (this) {
			if (this.sessions.size() == MAX) {
				this.sessions.removeFirst();
			}
			this.sessions.addLast(closed);
		}
	}

	/**
	 * Return the sessions.
	 * @return those that have ended last, the last one first
	 */
	synchronized List<Closed> last() {
		List<Closed> result = new ArrayList<>(this.sessions);
		Collections.reverse(result);
		return result;
	}

	/**
	 * A session that has ended.
	 *
	 * @param id its number
	 * @param user the name of its user, {@code null} for an anonymous session
	 * @param address the address of the peer, {@code null} if it had none
	 * @param peer what the peer has said of itself
	 * @param since when its connection was made
	 * @param closed when it ended
	 * @param reason why
	 * @param traffic what has crossed its line
	 */
	record Closed(long id, @Nullable String user, @Nullable String address, PeerIdentity peer, Instant since,
			Instant closed, String reason, Traffic traffic) {

	}

}
