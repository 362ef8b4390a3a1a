package io.irpc.observation;

import org.jspecify.annotations.Nullable;

/**
 * The context of an observation that a {@link MeterRecorder} measures. A field is cheaper
 * than an entry of the context's map.
 */
interface MeasuredContext {

	/**
	 * Keep what the end of the observation needs.
	 * @param measurement what has been measured so far
	 */
	void begin(Measurement measurement);

	/**
	 * Return what was kept.
	 * @return what has been measured so far, {@code null} if it was not measured
	 */
	@Nullable Measurement measurement();

}
