package io.irpc.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcEvent;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.event.DeliveryObserver;
import io.irpc.journal.EventJournal;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How far deliveries are behind is a figure.
 */
class DeliveryTimersTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = ServerRunner.of()
		.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class));

	@Test
	void whenEventsAreDeliveredThenLiveOnesAndReplaysAreTimedApart() {
		this.runner.withBean(MeterRegistry.class, () -> this.meters).run((context) -> {
			String start = "\"" + context.getBean(EventJournal.class).head() + "\"";
			context.publishEvent(new Measured(0));
			try (RawClient peer = ServerRunner.connect(context)) {
				assertThat(peer.ask("!monitor@m\tev:measured")).isEqualTo(">m\t\tnull");
				AtomicInteger raised = new AtomicInteger();
				// the first ones may come while the subscription still reads the journal
				await().until(() -> {
					context.publishEvent(new Measured(raised.incrementAndGet()));
					assertThat(peer.read()).startsWith(">m\tSignal");
					return timer("live").count() > 0;
				});
				await().until(() -> timer("live").count() + timer("replay").count() == raised.get());
				long live = timer("live").count();
				long replayed = timer("replay").count();
				peer.send("!callback@1\tadd:all\tev:measured\tsince=" + start);
				await().until(() -> timer("replay").count() == replayed + raised.get() + 1);
				assertThat(timer("live").count()).isEqualTo(live);
				assertThat(timer("replay").max(TimeUnit.NANOSECONDS)).isPositive();
			}
		});
	}

	@Test
	void whenEventIsOlderThenItsTimeIsThatSinceItsPlaceInTheJournal() {
		Instant now = Instant.parse("2026-11-21T18:00:02.000000001Z");
		DeliveryObserver.Deliveries deliveries = new DeliveryTimers(this.meters).of("measured");
		deliveries.live(now.minus(Duration.ofMillis(1500)), now);
		assertThat(timer("live").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1500);
		deliveries.replayed(now.plusSeconds(5), now);
		assertThat(timer("replay").totalTime(TimeUnit.MILLISECONDS)).as("by a clock that is ahead").isZero();
	}

	@Test
	void whenThereAreNoMetersThenNothingIsTimed() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DeliveryObserver.class));
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(DeliveryObserver.class)
			.doesNotHaveBean(IrpcObservations.class));
	}

	private Timer timer(String delivery) {
		return this.meters.get("irpc.server.events").tags("event", "measured", "delivery", delivery).timer();
	}

	@IrpcEvent("measured")
	record Measured(int number) {

	}

}
