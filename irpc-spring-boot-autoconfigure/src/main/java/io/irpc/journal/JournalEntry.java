package io.irpc.journal;

import java.time.Instant;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An event in a journal.
 *
 * @param position its place
 * @param event the name of the event
 * @param time when it was appended
 * @param arguments the arguments of the event, a JSON object
 * @param trace the context of the trace in which it was raised, as the W3C writes it,
 * {@code null} for none
 * @since 0.1.0
 */
public record JournalEntry(Position position, String event, Instant time, Payload arguments, @Nullable String trace) {

}
