package io.irpc.observation;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;

import io.irpc.event.SubscriptionCounts;
import io.irpc.event.SubscriptionFigures;
import io.irpc.event.SubscriptionRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the subscriptions of all sessions of a server.
 *
 * @since 0.1.0
 */
public final class SubscriptionMeters implements MeterBinder {

	private static final double MILLIS_PER_SECOND = 1000;

	private final SubscriptionRegistry subscriptions;

	/**
	 * Create meters.
	 * @param subscriptions the subscriptions
	 */
	public SubscriptionMeters(SubscriptionRegistry subscriptions) {
		this.subscriptions = subscriptions;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Sample<Sums> sums = new Sample<>(() -> Sums.of(this.subscriptions.figures()), System::nanoTime);
		IrpcMeter.SERVER_SUBSCRIPTIONS.gauge(registry, sums, (sample) -> sample.get().live(), "live");
		IrpcMeter.SERVER_SUBSCRIPTIONS.gauge(registry, sums, (sample) -> sample.get().replaying(), "replaying");
		IrpcMeter.SERVER_SUBSCRIPTIONS_LAG.gauge(registry, sums, (sample) -> sample.get().lag());
		IrpcMeter.SERVER_SUBSCRIPTIONS_LAG_MAX.gauge(registry, sums, (sample) -> sample.get().maxLag());
		IrpcMeter.SERVER_SUBSCRIPTIONS_BEHIND.secondsGauge(registry, sums, (sample) -> sample.get().behind());
		IrpcMeter.SERVER_SUBSCRIPTIONS_BEHIND_MAX.secondsGauge(registry, sums, (sample) -> sample.get().maxBehind());
		SubscriptionCounts counts = this.subscriptions.counts();
		IrpcMeter.SERVER_SUBSCRIPTIONS_DELIVERIES.counter(registry, counts, SubscriptionCounts::deliveries);
		IrpcMeter.SERVER_SUBSCRIPTIONS_ACKNOWLEDGEMENTS.counter(registry, counts, SubscriptionCounts::acknowledgements);
		IrpcMeter.SERVER_SUBSCRIPTIONS_FALLBACKS.counter(registry, counts, SubscriptionCounts::fallBacks);
		IrpcMeter.SERVER_SUBSCRIPTIONS_TRUNCATIONS.counter(registry, counts, SubscriptionCounts::truncations);
	}

	/**
	 * How all subscriptions together are doing.
	 *
	 * @param live how many are fed live
	 * @param replaying how many read the journal
	 * @param lag the sum of their lags
	 * @param maxLag the largest lag
	 * @param behind the sum of the seconds that they are behind, as far as it is known
	 * @param maxBehind the most seconds
	 */
	private record Sums(long live, long replaying, long lag, long maxLag, double behind, double maxBehind) {

		static Sums of(List<SubscriptionFigures> all) {
			long fed = all.stream().filter((one) -> one.state() == SubscriptionFigures.State.LIVE).count();
			LongSummaryStatistics lags = all.stream().mapToLong(SubscriptionFigures::lag).summaryStatistics();
			DoubleSummaryStatistics times = all.stream()
				.map(SubscriptionFigures::behind)
				.filter(Objects::nonNull)
				.mapToDouble((time) -> time.toMillis() / MILLIS_PER_SECOND)
				.summaryStatistics();
			return new Sums(fed, all.size() - fed, lags.getSum(), Math.max(0, lags.getMax()), times.getSum(),
					Math.max(0, times.getMax()));
		}

	}

}
