package io.irpc.journal;

import java.time.Instant;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The log of events, and the only buffer between those who raise them and those who
 * subscribe. Entries become visible in the order of their positions: a reader that has
 * seen a position never finds an entry before it later. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface EventJournal {

	/**
	 * How many bytes of arguments one read returns, except for a single entry that is
	 * longer.
	 */
	int MAX_PAGE_BYTES = 1024 * 1024;

	/**
	 * Append an event. It can be read soon after; where {@link #joinsTransaction} says
	 * so, after the commit.
	 * @param event the name of the event
	 * @param arguments the arguments of the event, a JSON object
	 * @param trace the context of the trace in which it is raised, 55 characters as the
	 * W3C writes it, {@code null} for none
	 */
	void append(String event, Payload arguments, @Nullable String trace);

	/**
	 * Return whether an append by this thread now is part of the transaction that is
	 * active on it. Otherwise whoever appends has to wait for the commit.
	 * @return {@code true} if a rollback would take the entry back
	 */
	default boolean joinsTransaction() {
		return false;
	}

	/**
	 * Read entries in the order of their positions. May block.
	 * @param after the position behind which to begin
	 * @param event the name of the only event to read, {@code null} for all
	 * @param limit how many entries at the most
	 * @return the entries, empty if there are none yet
	 * @throws PositionExpiredException if entries behind the position are gone, or the
	 * position is not of this journal
	 */
	JournalPage read(Position after, @Nullable String event, int limit);

	/**
	 * Read entries from the newest to the oldest that is retained. May block.
	 * @param upTo the position of the first entry to read
	 * @param event the name of the only event to read, {@code null} for all
	 * @param limit how many entries at the most
	 * @return the entries, newest first
	 */
	JournalPage readBackwards(Position upTo, @Nullable String event, int limit);

	/**
	 * Find the position behind which all entries of a time or later are. May block.
	 * @param time the time
	 * @return the position before the first of them
	 * @throws PositionExpiredException if some of them may be gone
	 */
	Position before(Instant time);

	/**
	 * Return the position from which on nothing is missing. May block.
	 * @return the position before the oldest entry retained
	 */
	Position oldest();

	/**
	 * Return the position of the newest entry that can be read.
	 * @return the position, that of {@link #oldest} if there never was one
	 */
	Position head();

	/**
	 * Return what the journal holds. May block.
	 * @return the figures of the moment
	 */
	JournalFigures figures();

	/**
	 * Have a task run after each time that entries have become visible.
	 * @param task the task, which must not block
	 */
	void onAppend(Runnable task);

}
