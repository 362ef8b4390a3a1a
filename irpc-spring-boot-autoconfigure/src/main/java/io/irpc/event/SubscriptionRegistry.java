package io.irpc.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionListener;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all sessions. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SubscriptionRegistry implements SessionListener {

	private final Map<IrpcSession, SessionSubscriptions> sessions = new ConcurrentHashMap<>();

	private final SubscriptionEnvironment environment;

	/**
	 * Create a registry without subscriptions.
	 * @param environment what subscriptions work with
	 */
	public SubscriptionRegistry(SubscriptionEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Return what all subscriptions have done so far.
	 * @return the counts
	 */
	public SubscriptionCounts counts() {
		return this.environment.counts();
	}

	/**
	 * Return how the subscriptions of all sessions are doing. Neither blocks nor reads
	 * the journal.
	 * @return the figures of the moment
	 */
	public List<SubscriptionFigures> figures() {
		return this.sessions.values().stream().flatMap(SessionSubscriptions::figures).toList();
	}

	/**
	 * Return how the subscriptions of one session are doing. Neither blocks nor reads the
	 * journal.
	 * @param session the session
	 * @return the figures of the moment, none if the session is closed
	 */
	public List<SubscriptionFigures> figures(IrpcSession session) {
		SessionSubscriptions subscriptions = find(session);
		return (subscriptions != null) ? subscriptions.figures().toList() : List.of();
	}

	@Override
	public void opened(IrpcSession session) {
		this.sessions.put(session, new SessionSubscriptions(session));
	}

	/**
	 * End the subscriptions of a user who does not have the session any more. One who
	 * does, with other authorities, is checked at each delivery.
	 */
	@Override
	public void userChanged(IrpcSession session, @Nullable SessionUser previous) {
		SessionUser user = session.user();
		SessionSubscriptions subscriptions = find(session);
		boolean same = previous != null && user != null
				&& previous.principal().getName().equals(user.principal().getName());
		if (subscriptions != null && !same) {
			subscriptions.remove((subscription) -> true);
		}
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
			subscriptions.close();
		}
	}

	/**
	 * End the subscriptions of a session that goes on. Called on its event loop.
	 * @param session the session
	 * @return how many there were
	 */
	int end(IrpcSession session) {
		SessionSubscriptions subscriptions = find(session);
		if (subscriptions == null) {
			return 0;
		}
		int count = subscriptions.all().size();
		subscriptions.close();
		return count;
	}

	/**
	 * Return the subscriptions of a session.
	 * @param session the session
	 * @return its subscriptions
	 * @throws IrpcException if the session is closed
	 */
	SessionSubscriptions of(IrpcSession session) {
		SessionSubscriptions subscriptions = find(session);
		if (subscriptions == null) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "The session is closed");
		}
		return subscriptions;
	}

	private @Nullable SessionSubscriptions find(IrpcSession session) {
		return this.sessions.get(session);
	}

	void broadcast(EventBatch batch) {
		this.sessions.values().forEach((subscriptions) -> subscriptions.broadcast(batch));
	}

}
