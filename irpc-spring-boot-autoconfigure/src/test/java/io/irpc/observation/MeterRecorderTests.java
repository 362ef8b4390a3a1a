package io.irpc.observation;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.irpc.client.ReceivedEvent;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link MeterRecorder}, beside the handler whose place it takes.
 */
class MeterRecorderTests {

	private final Measured expected = new Measured();

	private final Measured measured = new Measured();

	private @Nullable MeterRecorder recorder;

	@AfterEach
	void close() {
		if (this.recorder != null) {
			this.recorder.close();
		}
	}

	@Test
	void whenAnObservationGoesWellThenItIsTheSameMeters() {
		for (Measured each : both()) {
			Observation observation = each.start("failed");
			each.clock.add(3, TimeUnit.SECONDS);
			LongTaskTimer active = each.registry.get("irpc.client.events.active").longTaskTimer();
			await().untilAsserted(() -> assertThat(active.activeTasks()).isOne());
			observation.lowCardinalityKeyValue("added", "later");
			observation.stop();
			assertThat(each.registry.get("irpc.client.events").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
			assertThat(active.activeTasks()).isZero();
		}
		assertThat(ids(this.measured)).isEqualTo(ids(this.expected)).hasSize(2);
	}

	@Test
	void whenObservationsFailAndHaveEventsThenItIsTheSameMeters() {
		for (Measured each : both()) {
			for (int i = 0; i < 2; i++) {
				Observation observation = each.start("failed");
				observation.event(Observation.Event.of("retried"));
				observation.error(new IllegalStateException("the disk is full"));
				observation.stop();
				each.start("done").stop();
			}
			assertThat(each.registry.get("irpc.client.events").tag("error", "IllegalStateException").timer().count())
				.isEqualTo(2);
			assertThat(each.registry.get("irpc.client.events.retried").counter().count()).isEqualTo(2);
		}
		assertThat(ids(this.measured)).isEqualTo(ids(this.expected)).hasSize(5);
	}

	@Test
	void whenWhatIsUnderWayIsNotAskedForThenItHasNoMeter() {
		this.measured.record(new MeterRecorder(this.measured.registry, false));
		this.measured.start("failed").stop();
		assertThat(ids(this.measured)).singleElement().asString().contains("irpc.client.events'");
	}

	@Test
	void whenAMeterIsRemovedThenTheNextObservationIsRecordedInANewOne() {
		for (Measured each : both()) {
			each.start("failed").stop();
			each.registry.clear();
			each.start("failed").stop();
			assertThat(each.registry.get("irpc.client.events").timer().count()).isOne();
			assertThat(each.registry.find("irpc.client.events.active").longTaskTimer()).isNotNull();
		}
	}

	@Test
	void whenTheEndCannotBeRecordedThenItIsNotUnderWayAnyMore() {
		both();
		Observation observation = this.measured.start("failed");
		this.measured.clock.add(3, TimeUnit.SECONDS);
		LongTaskTimer active = this.measured.registry.get("irpc.client.events.active").longTaskTimer();
		await().until(() -> active.activeTasks() == 1);
		this.measured.registry.config().meterFilter(new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				throw new IllegalStateException("on purpose");
			}

		});
		assertThatIllegalStateException().isThrownBy(observation::stop);
		assertThat(active.activeTasks()).isZero();
	}

	@Test
	void observationsOfOthersAreLeftToOthers() {
		MeterRecorder asked = new MeterRecorder(this.measured.registry, false);
		assertThat(asked.supportsContext(new Observation.Context())).isFalse();
		assertThat(asked.supportsContext(context("failed"))).isTrue();
	}

	private List<Measured> both() {
		this.expected.record(new DefaultMeterObservationHandler(this.expected.registry));
		this.recorder = new MeterRecorder(this.measured.registry, true);
		this.measured.record(this.recorder);
		return List.of(this.expected, this.measured);
	}

	private static List<String> ids(Measured measured) {
		return measured.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.map((id) -> id + " " + id.getType() + " " + id.getBaseUnit())
			.sorted()
			.toList();
	}

	private static IrpcClientEventContext context(String event) {
		return new IrpcClientEventContext(new ReceivedEvent("default", "work", event, "1.1", null));
	}

	/**
	 * Observations with the meters that are made of them.
	 */
	private static final class Measured {

		private final MockClock clock = new MockClock();

		private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

		private final ObservationRegistry observations = ObservationRegistry.create();

		void record(MeterObservationHandler<Observation.Context> handler) {
			this.observations.observationConfig().observationHandler(handler);
		}

		Observation start(String event) {
			return IrpcObservationDocumentation.CLIENT_EVENTS.start(null, Conventions.CLIENT_EVENT,
					() -> context(event), this.observations);
		}

	}

}
