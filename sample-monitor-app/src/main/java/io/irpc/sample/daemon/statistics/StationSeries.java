package io.irpc.sample.daemon.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.irpc.sample.api.Gap;
import io.irpc.sample.api.StationStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Calculates the statistics of one station from its measurements, in whatever order they
 * come.
 * <p>
 * The 95th percentile is the nearest rank: of <i>n</i> values in ascending order, the one
 * at place ⌈0.95 <i>n</i>⌉. A gap is an interval between two consecutive different times
 * that is longer than twice the station's usual interval, which is the median of these
 * intervals; of an even number, the mean of the two in the middle.
 */
public final class StationSeries {

	/**
	 * How many gaps are listed; the others are only counted.
	 */
	private static final int LISTED_GAPS = 20;

	private final String station;

	private final DoubleStream.Builder values = DoubleStream.builder();

	private final LongStream.Builder times = LongStream.builder();

	private final DoubleSummaryStatistics summary = new DoubleSummaryStatistics();

	/**
	 * Create an empty series.
	 * @param station name of the station
	 */
	public StationSeries(String station) {
		this.station = station;
	}

	/**
	 * Add a measurement.
	 * @param measurement a measurement of the station
	 */
	public void add(Measurement measurement) {
		this.summary.accept(measurement.value());
		this.values.add(measurement.value());
		this.times.add(measurement.timestamp().toEpochMilli());
	}

	/**
	 * Calculate the statistics, once, of at least one measurement.
	 * @return the statistics
	 */
	public StationStatistics statistics() {
		double[] ascending = this.values.build().sorted().toArray();
		long[] sorted = this.times.build().sorted().toArray();
		Duration usual = usualInterval(sorted);
		List<Gap> gaps = new ArrayList<>();
		int gapCount = 0;
		for (int i = 1; i < sorted.length; i++) {
			if (usual != null && sorted[i] - sorted[i - 1] > 2 * usual.toMillis() && ++gapCount <= LISTED_GAPS) {
				gaps.add(new Gap(Instant.ofEpochMilli(sorted[i - 1]), Instant.ofEpochMilli(sorted[i])));
			}
		}
		return new StationStatistics(this.station, ascending.length, this.summary.getAverage(), this.summary.getMin(),
				this.summary.getMax(), ascending[rank95(ascending.length) - 1], Instant.ofEpochMilli(sorted[0]),
				Instant.ofEpochMilli(sorted[sorted.length - 1]), usual, gapCount, List.copyOf(gaps));
	}

	private static @Nullable Duration usualInterval(long[] sorted) {
		long[] intervals = IntStream.range(1, sorted.length)
			.mapToLong((i) -> sorted[i] - sorted[i - 1])
			.filter((interval) -> interval > 0)
			.sorted()
			.toArray();
		int middle = intervals.length / 2;
		if (intervals.length == 0) {
			return null;
		}
		return Duration.ofMillis(
				(intervals.length % 2 == 1) ? intervals[middle] : (intervals[middle - 1] + intervals[middle]) / 2);
	}

	private static int rank95(int count) {
		// in whole numbers because 0.95 is not exact as a double
		return (int) ((count * 95L + 99) / 100);
	}

}
