package io.irpc.journal;

import java.util.List;

/**
 * What one read of a journal returns.
 *
 * @param entries the entries, in the order of the read
 * @param end where the next read in the same direction goes on: nothing that was asked
 * for lies between the last entry and this position
 * @param complete whether there was nothing more when the journal was read
 * @since 0.1.0
 */
public record JournalPage(List<JournalEntry> entries, Position end, boolean complete) {

}
