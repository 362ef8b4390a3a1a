package io.irpc.observation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcEvent;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The raising and the handling of events is observed, and whatever goes wrong there, no
 * event is lost.
 */
class EventObservationTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final RecordedObservations recorded = RecordedObservations.of(this.registry);

	private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> monitored = new LinkedBlockingQueue<>();

	private boolean failed;

	@ParameterizedTest
	@ValueSource(strings = { "start", "scope opened", "scope closed", "stop" })
	void whenHandlerOfObservationsFailsThenEventsAreRaisedAndHandledOnceNevertheless(String where) {
		this.registry.observationConfig()
			.observationHandler(new FailingHandler(where, IrpcEventRaiseContext.class))
			.observationHandler(new FailingHandler(where, IrpcClientEventContext.class));
		run((context) -> {
			for (String text : new String[] { "a", "b" }) {
				context.publishEvent(new Told(text));
				assertThat(this.handled.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
				assertThat(this.monitored.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
			}
			assertThat(this.registry.getCurrentObservation()).isNull();
		});
		assertThat(this.handled).isEmpty();
	}

	@Test
	void whenConventionsFailThenEventsAreRaisedAndHandledNevertheless() {
		this.registry.observationConfig().observationPredicate((name, context) -> {
			throw new IllegalStateException("on purpose");
		});
		run((context) -> {
			context.publishEvent(new Told("a"));
			assertThat(this.handled.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
			assertThat(this.monitored.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
		});
	}

	@Test
	void whenHandlerOfAnEventFailsThenItsObservationTellsItAndItIsTriedAgain() {
		run((context) -> {
			context.publishEvent(new Told("fail once"));
			assertThat(this.handled.poll(10, TimeUnit.SECONDS)).isEqualTo("fail once");
			await().until(() -> this.recorded.ended("irpc.client.events").size() == 3);
			assertThat(this.recorded.ended("irpc.client.events")).extracting(Observation.Context::getError)
				.filteredOn((error) -> error != null)
				.singleElement()
				.satisfies((error) -> assertThat(error).hasMessage("not yet"));
		});
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		ServerRunner.of(Application.class)
			.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry)
			.run((context) -> {
				// makes the event known
				context.publishEvent(new Told("nobody hears it"));
				try (IrpcClient client = IrpcClient.builder()
					.address("localhost:" + context.getBean(IrpcServer.class).port())
					.observers(context.getBean(IrpcObservations.class).client())
					.build()) {
					client.subscribe("mine")
						.to("retold", Told.class)
						.backOff(new FixedBackOff(1, 1))
						.onEvent(this::handle)
						.whenActive()
						.join();
					client.listen("retold", Told.class, (told) -> this.monitored.add(told.text())).whenActive().join();
					test.accept(context);
				}
			});
	}

	private void handle(Told told) {
		if (told.text().equals("fail once") && !this.failed) {
			this.failed = true;
			throw new IllegalStateException("not yet");
		}
		this.handled.add(told.text());
	}

	static class Application {

	}

	@IrpcEvent("retold")
	record Told(String text) {

	}

}
