package io.irpc.autoconfigure.observation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.observation.IrpcServerRequestContext;
import io.irpc.observation.MeterRecorder;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link IrpcMeterRecorderAutoConfiguration}.
 */
class IrpcMeterRecorderAutoConfigurationTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = ServerRunner.of()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class, ObservationAutoConfiguration.class,
				IrpcObservationAutoConfiguration.class, IrpcMeterRecorderAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry);

	@Test
	void commandsAreRecordedOnceByTheRecorder() {
		Witness witness = new Witness();
		this.runner.withBean(Witness.class, () -> witness).run((context) -> {
			assertThat(ask(context)).startsWith(">1");
			await().until(() -> witness.seen.size() == 1);
			assertThat(this.registry.get("irpc.server.requests").timer().count()).isOne();
			assertThat(this.registry.get("irpc.server.requests.active").longTaskTimer().activeTasks()).isZero();
			assertThat(witness.seen.get(0).containsKey(Timer.Sample.class)).as("recorded by Micrometer's").isFalse();
		});
	}

	@Test
	void whenMetersOfWhatIsUnderWayAreIgnoredThenThereAreNone() {
		this.runner.withPropertyValues("management.metrics.observations.ignored-meters=long-task-timer")
			.run((context) -> {
				ask(context);
				await().until(() -> meters().contains("irpc.server.requests"));
				assertThat(meters()).doesNotContain("irpc.server.requests.active");
			});
	}

	@Test
	void whenApplicationEndsThenNothingLooksAfterWhatIsUnderWay() {
		LookedAt clock = new LookedAt();
		this.runner.withAllowBeanDefinitionOverriding(true)
			.withBean(MeterRegistry.class, () -> new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock))
			.run((context) -> await().until(() -> clock.thread != null));
		await().until(() -> !Objects.requireNonNull(clock.thread).isAlive());
	}

	@Test
	void whenApplicationHasAHandlerOfItsOwnThenThatIsTheOneThatRecords() {
		OwnHandler own = new OwnHandler();
		this.runner.withBean(OwnHandler.class, () -> own).run((context) -> {
			ask(context);
			await().until(() -> !own.seen.isEmpty());
			assertThat(own.seen).singleElement().isInstanceOf(IrpcServerRequestContext.class);
			assertThat(meters()).doesNotContain("irpc.server.requests");
			assertThat(context).doesNotHaveBean(MeterRecorder.class);
		});
	}

	@Test
	void whenSpringBootDoesNotRecordThenNeitherDoesTheRecorder() {
		DefaultMeterObservationHandler own = new DefaultMeterObservationHandler(this.registry);
		ServerRunner.of()
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class,
					IrpcObservationAutoConfiguration.class, IrpcMeterRecorderAutoConfiguration.class))
			.withBean(DefaultMeterObservationHandler.class, () -> own)
			.run((context) -> {
				ask(context);
				await().until(() -> meters().contains("irpc.server.requests"));
				assertThat(context).doesNotHaveBean(MeterRecorder.class);
				assertThat(this.registry.get("irpc.server.requests").timer().count()).isOne();
			});
	}

	@Test
	void whenThereAreNoMetricsThenThereIsNoRecorder() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IrpcMeterRecorderAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(MetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterRecorder.class));
	}

	private static @Nullable String ask(ApplicationContext context) throws Exception {
		try (RawClient client = ServerRunner.connect(context)) {
			return client.ask("!help@1");
		}
	}

	private Set<String> meters() {
		return new TreeSet<>(this.registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).toList());
	}

	/**
	 * Remembers the thread that looks for what takes long.
	 */
	private static final class LookedAt implements Clock {

		private volatile @Nullable Thread thread;

		@Override
		public long wallTime() {
			return SYSTEM.wallTime();
		}

		@Override
		public long monotonicTime() {
			if (Thread.currentThread().getName().startsWith("irpc-long-tasks-")) {
				this.thread = Thread.currentThread();
			}
			return SYSTEM.monotonicTime();
		}

	}

	/**
	 * Remembers what has ended.
	 */
	private static class Witness implements ObservationHandler<Observation.Context> {

		final List<Observation.Context> seen = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.seen.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof IrpcServerRequestContext;
		}

	}

	/**
	 * Records nothing.
	 */
	private static final class OwnHandler extends Witness implements MeterObservationHandler<Observation.Context> {

	}

}
