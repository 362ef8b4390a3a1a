package io.irpc.journal;

import java.util.List;

import io.irpc.payload.Payload;

/**
 * The log of events, and the only buffer between those who raise them and those who
 * subscribe. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface EventJournal {

	/**
	 * Append an event.
	 * @param event the name of the event
	 * @param arguments the arguments of the event, a JSON object
	 * @return the position of the entry
	 */
	Position append(String event, Payload arguments);

	/**
	 * Read entries in the order of their positions. May block.
	 * @param after the position behind which to begin
	 * @param limit how many entries at the most
	 * @return the entries, empty if there are none yet
	 * @throws PositionExpiredException if entries behind the position are gone
	 */
	List<JournalEntry> read(Position after, int limit);

	/**
	 * Return the position of the newest entry.
	 * @return the position, {@link Position#START} if there never was one
	 */
	Position head();

	/**
	 * Have a task run after each append, on the thread that appends.
	 * @param task the task, which must not block
	 */
	void onAppend(Runnable task);

}
