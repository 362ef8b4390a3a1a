package io.irpc.sample.api;

import java.time.Instant;

import io.irpc.annotation.IrpcEvent;
import org.jspecify.annotations.Nullable;

/**
 * An error found in a file.
 *
 * @param id unique name, in the order of {@code at}
 * @param at when it was found: no two errors have the same instant
 * @param file name of the file as it was uploaded
 * @param line number of the line, counted from 1, or {@code null} for the whole file
 * @param station station of the measurement, {@code null} if the line could not be read
 * @param severity how urgent it is
 * @param message text for people
 */
@IrpcEvent(value = "errorRaised", description = "A file has a bad line, a value out of range, or is rejected")
public record ErrorRaised(String id, Instant at, String file, @Nullable Integer line, @Nullable String station,
		Severity severity, String message) {

}
