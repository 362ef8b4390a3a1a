package io.irpc.sample.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Statistics of one station in one file.
 *
 * @param station name of the station
 * @param count number of measurements
 * @param mean arithmetic mean of the values
 * @param minimum least value
 * @param maximum greatest value
 * @param percentile95 least value that at least 95 % of the values do not exceed
 * @param first time of the first measurement
 * @param last time of the last measurement
 * @param usualInterval median of the intervals between consecutive different times,
 * {@code null} if there are fewer than two times
 * @param gapCount number of intervals longer than twice the usual one
 * @param gaps the first of these intervals
 */
public record StationStatistics(String station, int count, double mean, double minimum, double maximum,
		double percentile95, Instant first, Instant last, @Nullable Duration usualInterval, int gapCount,
		List<Gap> gaps) {

}
