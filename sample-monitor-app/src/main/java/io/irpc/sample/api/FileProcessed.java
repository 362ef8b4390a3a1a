package io.irpc.sample.api;

import java.time.Instant;

import io.irpc.annotation.IrpcEvent;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one file.
 *
 * @param id unique name of the upload, in the order of arrival
 * @param at when the verdict was reached
 * @param file name of the file as it was uploaded
 * @param verdict whether the file counts
 * @param reason why the file was rejected, {@code null} for a processed one
 * @param measurements number of good lines that were read
 * @param badLines number of bad lines that were read
 * @param outOfRange number of good lines with a value out of range
 */
@IrpcEvent(value = "fileProcessed", description = "A file was processed or rejected")
public record FileProcessed(String id, Instant at, String file, Verdict verdict, @Nullable String reason,
		int measurements, int badLines, int outOfRange) {

}
