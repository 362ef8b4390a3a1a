package io.irpc.sample.daemon.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.irpc.sample.api.Gap;
import io.irpc.sample.api.StationStatistics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link StationSeries}. The expected figures are calculated by hand.
 */
class StationSeriesTests {

	private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

	@Test
	void figuresOfASmallSeriesInAnyOrder() {
		StationStatistics statistics = series(new int[] { 10, 0, 5 }, new double[] { 4, 1.5, -1 });
		assertThat(statistics.station()).isEqualTo("north");
		assertThat(statistics.count()).isEqualTo(3);
		assertThat(statistics.mean()).isEqualTo(1.5);
		assertThat(statistics.minimum()).isEqualTo(-1);
		assertThat(statistics.maximum()).isEqualTo(4);
		assertThat(statistics.percentile95()).isEqualTo(4);
		assertThat(statistics.first()).isEqualTo(START);
		assertThat(statistics.last()).isEqualTo(minute(10));
		assertThat(statistics.usualInterval()).isEqualTo(Duration.ofMinutes(5));
		assertThat(statistics.gapCount()).isZero();
		assertThat(statistics.gaps()).isEmpty();
	}

	@Test
	void percentileIsTheNearestRank() {
		assertThat(percentileOfOneTo(1)).isEqualTo(1);
		assertThat(percentileOfOneTo(19)).isEqualTo(19);
		assertThat(percentileOfOneTo(20)).isEqualTo(19);
		assertThat(percentileOfOneTo(21)).isEqualTo(20);
		assertThat(percentileOfOneTo(100)).isEqualTo(95);
		assertThat(percentileOfOneTo(101)).isEqualTo(96);
	}

	@Test
	void anIntervalOfMoreThanTwiceTheMedianIsAGap() {
		// intervals 10, 10, 21, 10, 20: the median is 10
		StationStatistics statistics = series(new int[] { 0, 10, 20, 41, 51, 71 }, new double[6]);
		assertThat(statistics.usualInterval()).isEqualTo(Duration.ofMinutes(10));
		assertThat(statistics.gapCount()).isEqualTo(1);
		assertThat(statistics.gaps()).containsExactly(new Gap(minute(20), minute(41)));
	}

	@Test
	void theMedianOfAnEvenNumberOfIntervalsIsBetweenTheTwoInTheMiddle() {
		// intervals 2, 4, 6, 40
		StationStatistics statistics = series(new int[] { 0, 2, 6, 12, 52 }, new double[5]);
		assertThat(statistics.usualInterval()).isEqualTo(Duration.ofMinutes(5));
		assertThat(statistics.gaps()).containsExactly(new Gap(minute(12), minute(52)));
	}

	@Test
	void severalMeasurementsAtOneTimeAreNoInterval() {
		// intervals 10, 0, 0, 10, 21
		StationStatistics statistics = series(new int[] { 0, 10, 10, 10, 20, 41 }, new double[6]);
		assertThat(statistics.count()).isEqualTo(6);
		assertThat(statistics.usualInterval()).isEqualTo(Duration.ofMinutes(10));
		assertThat(statistics.gaps()).containsExactly(new Gap(minute(20), minute(41)));
	}

	@Test
	void oneTimeHasNoUsualInterval() {
		StationStatistics statistics = series(new int[] { 5, 5 }, new double[] { 1, 2 });
		assertThat(statistics.usualInterval()).isNull();
		assertThat(statistics.gapCount()).isZero();
		assertThat(statistics.first()).isEqualTo(statistics.last());
	}

	@Test
	void onlyTheFirstGapsAreListed() {
		// 49 intervals of 1 and 25 of 100
		int[] minutes = IntStream.concat(IntStream.range(0, 50), IntStream.rangeClosed(1, 25).map((i) -> 49 + 100 * i))
			.toArray();
		StationStatistics statistics = series(minutes, new double[minutes.length]);
		assertThat(statistics.gapCount()).isEqualTo(25);
		assertThat(statistics.gaps()).hasSize(20).startsWith(new Gap(minute(49), minute(149)));
	}

	@Test
	void valuesOfTheGreatestMagnitudeDoNotOverflow() {
		double[] values = new double[1000];
		Arrays.fill(values, 1e100);
		assertThat(series(IntStream.range(0, 1000).toArray(), values).mean()).isCloseTo(1e100, within(1e86));
	}

	private static double percentileOfOneTo(int count) {
		return series(IntStream.range(0, count).toArray(),
				IntStream.rangeClosed(1, count).map((i) -> count + 1 - i).asDoubleStream().toArray())
			.percentile95();
	}

	private static StationStatistics series(int[] minutes, double[] values) {
		StationSeries series = new StationSeries("north");
		for (int i = 0; i < minutes.length; i++) {
			series.add(new Measurement("north", minute(minutes[i]), values[i]));
		}
		return series.statistics();
	}

	private static Instant minute(int minute) {
		return START.plus(Duration.ofMinutes(minute));
	}

}
