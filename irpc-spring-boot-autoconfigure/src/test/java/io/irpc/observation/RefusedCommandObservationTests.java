package io.irpc.observation;

import java.util.concurrent.CompletableFuture;

import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands that end before their time are observed as well: refused, parked, cancelled or
 * abandoned.
 */
class RefusedCommandObservationTests {

	private static final String NAME = "irpc.server.requests";

	private static final String IDENTIFY = "!identify@0\tname=\"desk\"\tversion=\"1.1\"\tfeatures=[\"errors\",\"deadline\","
			+ "\"cancel\",\"oneway\",\"stream\",\"trace\"]";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final RecordedObservations recorded = RecordedObservations.of(this.registry);

	private final ApplicationContextRunner runner = observed(ServerRunner.of(ObservedFunctions.class));

	private ApplicationContextRunner observed(ApplicationContextRunner application) {
		return application.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry);
	}

	@Test
	void whenCallerMayNotCallThenTheRefusalIsObserved() {
		observed(ServerRunner.secured(ObservedFunctions.class, Secured.class)).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@1\tfn:echo\ttext=\"a\"");
				assertThat(this.recorded.next(NAME))
					.isEqualTo("command=call error.code=unauthenticated function=echo outcome=CLIENT_ERROR");
				client.ask("!call@1\tfn:login\tusername=\"user\"\tpassword=\"secret\"");
				Observation.Context login = this.recorded.nextContext(NAME);
				assertThat(RecordedObservations.keys(login))
					.isEqualTo("command=call error.code=none function=login outcome=SUCCESS");
				client.ask("!call@1\tfn:admin.reset");
				Observation.Context reset = this.recorded.nextContext(NAME);
				assertThat(RecordedObservations.keys(reset))
					.isEqualTo("command=call error.code=permission_denied function=admin.reset outcome=CLIENT_ERROR");
				assertThat(value(reset, "irpc.user")).isEqualTo("user");
			}
		});
	}

	@Test
	void whenCommandsFindNoPlaceThenThoseRefusedParkedAndTimedOutAreObserved() {
		this.runner
			.withPropertyValues("irpc.server.limits.max-running-commands=1", "irpc.server.limits.max-waiting-size=2KB")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask(IDENTIFY);
					this.recorded.next(NAME);
					client.send("!call@1\tfn:block");
					context.getBean(ObservedFunctions.class).entered.await();
					client.ask("!call@2\tfn:block\ttimeout:20");
					assertThat(this.recorded.all(NAME)).containsExactly(
							"command=call error.code=deadline_exceeded function=block outcome=SERVER_ERROR");
					client.send("!call@3\tfn:block");
					assertThat(client.ask("!call@4\tfn:block")).contains("resource_exhausted");
					assertThat(this.recorded.all(NAME)).last()
						.isEqualTo("command=call error.code=resource_exhausted function=block outcome=SERVER_ERROR");
					this.recorded.clear();
					assertThat(client.ask("!cancel@c\tid:3")).startsWith(">3\tException");
					assertThat(this.recorded.all(NAME)).as("one that was parked; cancel itself only steers")
						.containsExactly("command=call error.code=cancelled function=block outcome=CANCELLED");
				}
				context.getBean(ObservedFunctions.class).release.countDown();
			});
	}

	@Test
	void whenRunningCommandIsCancelledThenItIsObservedOnceAlthoughItGoesOn() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(IDENTIFY);
				client.send("!call@1\tfn:block");
				context.getBean(ObservedFunctions.class).entered.await();
				this.recorded.clear();
				assertThat(client.ask("!cancel@c\tid:1")).startsWith(">1\tException");
				client.read();
				client.ask("!call@2\tfn:echo\ttext=\"a\"");
				await().untilAsserted(() -> assertThat(this.recorded.all(NAME)).containsExactly(
						"command=call error.code=cancelled function=block outcome=CANCELLED",
						"command=call error.code=none function=echo outcome=SUCCESS"));
			}
			context.getBean(ObservedFunctions.class).release.countDown();
		});
	}

	@Test
	void whenSessionEndsThenWhatHasNotBegunIsObservedAsCancelled() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			ObservedFunctions functions = context.getBean(ObservedFunctions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:block");
				functions.entered.await();
				client.send("!call@2\tfn:block").send("!call\tfn:block").send("!call\tfn:block");
				client.ask("!ping@3");
				client.socket().setSoLinger(true, 0);
			}
			await().until(() -> context.getBean(SessionManager.class).count() == 0);
			functions.release.countDown();
			await().untilAsserted(() -> assertThat(this.recorded.all(NAME)).containsExactlyInAnyOrder(
					"command=call error.code=none function=block outcome=SUCCESS",
					"command=call error.code=cancelled function=block outcome=CANCELLED",
					"command=call error.code=cancelled function=block outcome=CANCELLED",
					"command=call error.code=cancelled function=block outcome=CANCELLED"));
		});
	}

	@Test
	void whenServerDrainsThenWhatItRefusesIsObserved() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:block");
				context.getBean(ObservedFunctions.class).entered.await();
				CompletableFuture<Void> drained = context.getBean(SessionManager.class).end();
				client.ask("!call@2\tfn:echo\ttext=\"a\"");
				assertThat(this.recorded.all(NAME))
					.containsExactly("command=call error.code=unavailable function=echo outcome=SERVER_ERROR");
				context.getBean(ObservedFunctions.class).release.countDown();
				drained.join();
			}
		});
	}

	@Test
	void whenCallerWantsNoAnswerThenTheCallIsObservedNevertheless() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(IDENTIFY);
				this.recorded.next(NAME);
				client.send("!call\tfn:missing\treply:none");
				assertThat(this.recorded.next(NAME))
					.isEqualTo("command=call error.code=not_found function=missing outcome=CLIENT_ERROR");
			}
		});
	}

	@Test
	void whenStreamIsCancelledThenItsObservationLastsUntilThen() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(IDENTIFY);
				this.recorded.next(NAME);
				client.send("!call@1\tfn:numbers\tn=1000\tcredit:2");
				assertThat(client.read()).isEqualTo(">1\tNext\t0");
				assertThat(client.read()).isEqualTo(">1\tNext\t1");
				assertThat(this.recorded.started(NAME)).hasSize(1);
				assertThat(this.recorded.all(NAME)).isEmpty();
				client.send("!cancel@c\tid:1");
				assertThat(this.recorded.next(NAME))
					.isEqualTo("command=call error.code=cancelled function=numbers outcome=CANCELLED");
			}
		});
	}

	private static String value(Observation.Context context, String key) {
		KeyValue keyValue = context.getHighCardinalityKeyValue(key);
		return (keyValue != null) ? keyValue.getValue() : "";
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class Secured {

		@Bean
		Admin admin() {
			return new Admin();
		}

	}

	@IrpcService("admin")
	static class Admin {

		@PreAuthorize("hasRole('ADMIN')")
		public void reset() {
		}

	}

}
