package io.irpc.observation;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link MeterRecorder} keeps of an observation that is under way.
 *
 * @param start when it began, in nanoseconds of the registry's clock
 * @param task counted once it takes long, {@code null} if nobody asks for that
 */
record Measurement(long start, LongTasks.@Nullable Task task) {

}
