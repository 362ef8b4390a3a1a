package io.irpc.event;

import java.time.Duration;

import io.irpc.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * How one subscription is doing.
 *
 * @param session the number of its session
 * @param command the command that made it, {@code callback} or {@code monitor}
 * @param name its name; for {@code monitor} the id of the command
 * @param event the event
 * @param user the user of the session, {@code null} for an anonymous one
 * @param state whether it is fed live
 * @param durable whether the server remembers its cursor
 * @param cursor up to where the journal is acknowledged, sent if nothing is to be
 * acknowledged, or not selected
 * @param lag how many entries of the journal, of any event, are behind the cursor
 * @param behind the age of the oldest event that is not acknowledged, or not sent if
 * nothing is to be acknowledged; zero at the head of the journal, {@code null} before it
 * is known
 * @param deliveries how many events were sent
 * @param acknowledgements how many of them were acknowledged
 * @since 0.1.0
 */
public record SubscriptionFigures(long session, String command, String name, String event, @Nullable String user,
		State state, boolean durable, Position cursor, long lag, @Nullable Duration behind, long deliveries,
		long acknowledgements) {

	/**
	 * Where a subscription gets its events from.
	 */
	public enum State {

		/**
		 * It is given new events as they come.
		 */
		LIVE,

		/**
		 * It reads the journal.
		 */
		REPLAYING

	}

}
