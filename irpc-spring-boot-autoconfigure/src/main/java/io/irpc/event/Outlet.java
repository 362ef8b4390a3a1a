package io.irpc.event;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.Position;

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
	 * Nothing more will be sent.
	 */
	void end();

	/**
	 * Nothing of it is to be remembered from now on.
	 */
	void discard();

}
