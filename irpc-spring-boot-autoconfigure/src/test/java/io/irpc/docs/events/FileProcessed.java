package io.irpc.docs.events;

import java.time.Instant;

import io.irpc.annotation.IrpcEvent;

/**
 * A file was processed.
 *
 * @param file the name of the file
 * @param lines how many lines it has
 * @param time when it was processed
 */
// tag::event[]
@IrpcEvent(value = "files.processed", description = "An input file is processed.")
public record FileProcessed(String file, int lines, Instant time) {

}
// end::event[]
