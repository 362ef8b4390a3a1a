package io.irpc.event;

import java.time.Instant;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription sends what it has selected. Confined to the event loop of the
 * session.
 */
interface Outlet {

	/**
	 * Return how many more entries may be sent now.
	 * @return a number, 0 if none
	 */
	int room();

	/**
	 * Return whether there is so much room that reading the journal is worth it.
	 * @return {@code true} to read
	 */
	boolean isReady();

	/**
	 * Send an entry.
	 * @param selected the entry
	 */
	void send(Selected selected);

	/**
	 * Know that all entries up to a position are sent or not selected.
	 * @param position the position
	 */
	void passed(Position position);

	/**
	 * Tell that entries were gone before they could be sent.
	 * @param oldest the position from which on nothing is missing
	 */
	void truncated(Position oldest);

	/**
	 * Return whether a later subscription goes on where this one ends. Called on any
	 * thread.
	 * @return {@code true} for a durable subscription
	 */
	boolean isDurable();

	/**
	 * Return how far the peer has got. Called on any thread.
	 * @return the progress of the moment
	 */
	Progress progress();

	/**
	 * Nothing more will be sent.
	 */
	void end();

	/**
	 * Nothing of it is to be remembered from now on.
	 */
	void discard();

	/**
	 * How far the peer has got.
	 *
	 * @param cursor up to where everything is acknowledged, or sent if nothing is to be
	 * acknowledged
	 * @param waitingSince the time of the oldest event that is not acknowledged,
	 * {@code null} if there is none
	 * @param acknowledgements how many events were acknowledged
	 */
	record Progress(Position cursor, @Nullable Instant waitingSince, long acknowledgements) {

	}

}
