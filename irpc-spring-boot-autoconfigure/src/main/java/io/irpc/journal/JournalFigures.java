package io.irpc.journal;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a journal holds.
 *
 * @param head the position of the newest entry
 * @param entries how many entries can be read
 * @param bytes how many bytes their arguments have, {@code null} if that is not known
 * without reading them all
 * @param oldest the time of the oldest entry, {@code null} if there is none
 * @since 0.1.0
 */
public record JournalFigures(Position head, long entries, @Nullable Long bytes, @Nullable Instant oldest) {

}
