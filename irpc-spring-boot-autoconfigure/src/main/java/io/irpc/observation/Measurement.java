package io.irpc.observation;

import io.micrometer.core.instrument.LongTaskTimer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MeterRecorder} keeps of an observation that is under way.
 *
 * @param start when it began, in nanoseconds of the registry's clock
 * @param active counts it while it is under way, {@code null} if nobody asks for that
 */
record Measurement(long start, LongTaskTimer.@Nullable Sample active) {

}
