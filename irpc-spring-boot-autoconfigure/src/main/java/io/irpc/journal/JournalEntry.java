package io.irpc.journal;

import java.time.Instant;

import io.irpc.payload.Payload;

/**
 * An event in a journal.
 *
 * @param position its place
 * @param event the name of the event
 * @param time when it was appended
 * @param arguments the arguments of the event, a JSON object
 * @since 0.1.0
 */
public record JournalEntry(Position position, String event, Instant time, Payload arguments) {

}
