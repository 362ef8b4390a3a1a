package io.irpc.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.journal.JournalEntry;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all sessions. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SubscriptionRegistry implements SessionListener {

	private final Map<IrpcSession, SessionSubscriptions> sessions = new ConcurrentHashMap<>();

	@Override
	public void opened(IrpcSession session) {
		this.sessions.put(session, new SessionSubscriptions(session));
	}

	@Override
	public void writable(IrpcSession session) {
		SessionSubscriptions subscriptions = find(session);
		if (subscriptions != null) {
			subscriptions.resume();
		}
	}

	@Override
	public void closed(IrpcSession session, String reason) {
		SessionSubscriptions subscriptions = this.sessions.remove(session);
		if (subscriptions != null) {
			subscriptions.remove((subscription) -> true);
		}
	}

	@Nullable SessionSubscriptions find(IrpcSession session) {
		return this.sessions.get(session);
	}

	void broadcast(List<JournalEntry> entries) {
		this.sessions.values().forEach((subscriptions) -> subscriptions.broadcast(entries));
	}

}
