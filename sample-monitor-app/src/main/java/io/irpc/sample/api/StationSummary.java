package io.irpc.sample.api;

/**
 * Statistics of one station over the recent files.
 *
 * @param station name of the station
 * @param files number of files with measurements of the station
 * @param count number of measurements
 * @param mean arithmetic mean of all values
 * @param minimum least value
 * @param maximum greatest value
 * @param latestFile name of the last file with measurements of the station
 * @param latest statistics of that file
 */
public record StationSummary(String station, int files, long count, double mean, double minimum, double maximum,
		String latestFile, StationStatistics latest) {

}
