package io.irpc.journal;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Remembers how far durable subscriptions have got (protocol §5.2). It lasts as long as
 * the journal beside it. Safe for use by many threads; all methods may block.
 *
 * @since 0.1.0
 */
public interface CursorStore {

	/**
	 * Find the cursor of a durable subscription.
	 * @param subscriber the subscriber
	 * @return the last position stored, {@code null} for an unknown subscriber
	 */
	@Nullable Position find(Subscriber subscriber);

	/**
	 * Set the cursor of a durable subscription, forwards or backwards.
	 * @param subscriber the subscriber
	 * @param position the position
	 */
	void set(Subscriber subscriber, Position position);

	/**
	 * Move cursors forward, all in one transaction. One that is there already or beyond,
	 * or of a subscriber that is not known any more, is left as it is.
	 * @param cursors the positions
	 */
	void advance(Map<Subscriber, Position> cursors);

	/**
	 * Forget a durable subscription.
	 * @param subscriber the subscriber
	 */
	void remove(Subscriber subscriber);

	/**
	 * Count the durable subscriptions of a user.
	 * @param user the name of the user
	 * @return how many are remembered
	 */
	int count(String user);

	/**
	 * Whom a cursor belongs to.
	 *
	 * @param user the name of the user, empty for an application without users
	 * @param name the name of the subscription
	 */
	record Subscriber(String user, String name) {

	}

}
