package io.irpc.observation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.CommandHandler;
import io.irpc.session.CommandObserver;
import io.irpc.session.Invocation;
import io.irpc.session.ObservedCommand;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every command is observed once, however it ends.
 */
class ServerRequestObservationTests {

	private static final String NAME = "irpc.server.requests";

	private static final String IDENTIFY = "!identify@0\tname=\"desk\"\tversion=\"1.1\"\tfeatures=[\"errors\",\"deadline\","
			+ "\"cancel\",\"oneway\",\"stream\",\"trace\"]";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final RecordedObservations recorded = RecordedObservations.of(this.registry);

	private final ApplicationContextRunner runner = observed(ServerRunner.of(Functions.class));

	private ApplicationContextRunner observed(ApplicationContextRunner application) {
		return application.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "",
			textBlock = """
					!call@1	fn:echo	text="a"        | command=call error.code=none function=echo outcome=SUCCESS
					!call	fn:echo	text="a"        | command=call error.code=none function=echo outcome=SUCCESS
					!call@	fn:later                | command=call error.code=none function=later outcome=SUCCESS
					!call@1	fn:echo	text=[          | command=call error.code=invalid_argument function=echo outcome=CLIENT_ERROR
					!call@1	fn:echo                 | command=call error.code=invalid_argument function=echo outcome=CLIENT_ERROR
					!call@1	fn:made.up              | command=call error.code=unknown_function function=unknown outcome=CLIENT_ERROR
					!call@1	ev:made.up              | command=call error.code=unknown_event function=none outcome=CLIENT_ERROR
					!call@1                         | command=call error.code=protocol_error function=none outcome=CLIENT_ERROR
					!call@1	fn:echo	timeout:soon    | command=call error.code=protocol_error function=echo outcome=CLIENT_ERROR
					!made_up@1	fn:made.up          | command=unknown error.code=unknown_command function=unknown outcome=CLIENT_ERROR
					!help@1	fn:echo                 | command=help error.code=none function=unknown outcome=SUCCESS
					!call@1	fn:missing              | command=call error.code=not_found function=missing outcome=CLIENT_ERROR
					!call@1	fn:broken               | command=call error.code=internal function=broken outcome=SERVER_ERROR
					!call@1	fn:brokenLater          | command=call error.code=internal function=brokenLater outcome=SERVER_ERROR
					!call@1	fn:timedOut             | command=call error.code=deadline_exceeded function=timedOut outcome=SERVER_ERROR
					!call@1	fn:numbers	n=2         | command=call error.code=none function=numbers outcome=SUCCESS
					!call@1	fn:failingStream        | command=call error.code=unavailable function=failingStream outcome=SERVER_ERROR
					""")
	void whenCommandIsAnsweredThenItsOutcomeIsObservedWithBoundedKeys(String line, String keys) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(line.strip());
				assertThat(this.recorded.next(NAME)).isEqualTo(keys);
			}
		});
	}

	@Test
	void whenLineIsNoValidCommandThenItsAnswerIsObserved() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tno parameter")).startsWith(">1\tException");
				assertThat(this.recorded.next(NAME))
					.isEqualTo("command=unknown error.code=protocol_error function=none outcome=CLIENT_ERROR");
			}
		});
	}

	@Test
	void whenCallerMayNotCallThenTheRefusalIsObserved() {
		observed(ServerRunner.secured(Functions.class, Secured.class)).run((context) -> {
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
					context.getBean(Functions.class).entered.await();
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
			});
	}

	@Test
	void whenRunningCommandIsCancelledThenItIsObservedOnceAlthoughItGoesOn() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(IDENTIFY);
				client.send("!call@1\tfn:block");
				context.getBean(Functions.class).entered.await();
				this.recorded.clear();
				assertThat(client.ask("!cancel@c\tid:1")).startsWith(">1\tException");
				client.read();
				client.ask("!call@2\tfn:echo\ttext=\"a\"");
				await().untilAsserted(() -> assertThat(this.recorded.all(NAME)).containsExactly(
						"command=call error.code=cancelled function=block outcome=CANCELLED",
						"command=call error.code=none function=echo outcome=SUCCESS"));
			}
		});
	}

	@Test
	void whenSessionEndsThenWhatHasNotBegunIsObservedAsCancelled() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
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
				context.getBean(Functions.class).entered.await();
				CompletableFuture<Void> drained = context.getBean(SessionManager.class).end();
				client.ask("!call@2\tfn:echo\ttext=\"a\"");
				assertThat(this.recorded.all(NAME))
					.containsExactly("command=call error.code=unavailable function=echo outcome=SERVER_ERROR");
				context.getBean(Functions.class).release.countDown();
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

	@Test
	void whenFunctionRunsThenItsObservationIsTheCurrentOneAndEndsWithIt() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@1\tfn:current");
				Observation.Context ended = this.recorded.nextContext(NAME);
				Observation current = context.getBean(Functions.class).current;
				assertThat(current).isNotNull();
				assertThat(current.getContext()).isSameAs(ended);
				assertThat(ended.getContextualName()).isEqualTo("irpc call current");
				assertThat(value(ended, "irpc.session")).matches("[0-9]+");
				assertThat(value(ended, "irpc.user")).isEqualTo("none");
				assertThat(value(ended, "irpc.peer.name")).isEqualTo("none");
				assertThat(value(ended, "irpc.peer.address")).contains("127.0.0.1:");
			}
		});
	}

	@Test
	void whenFunctionFailsThenTheObservationHasItsErrorWithoutSensitiveValues() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@1\tfn:broken");
				assertThat(this.recorded.nextContext(NAME).getError()).isInstanceOf(IllegalStateException.class)
					.hasMessage("broken");
				client.ask("!call@1\tfn:confide\tsecret=\"4711\"");
				Observation.Context confided = this.recorded.nextContext(NAME);
				assertThat(RecordedObservations.keys(confided)).contains("error.code=internal");
				assertThat(confided.getError()).isNotNull();
				assertThat(confided.getError()).hasStackTraceContaining("IllegalArgumentException");
				assertThat(confided.getError().toString()).doesNotContain("4711");
			}
		});
	}

	@Test
	void whenPeerPingsThenNothingIsObserved() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!ping@1");
				client.ask("!call@2\tfn:echo\ttext=\"a\"");
				assertThat(this.recorded.next(NAME)).contains("function=echo");
			}
		});
	}

	@Test
	void whenApplicationHasAConventionThenItIsUsed() {
		this.runner.withBean(IrpcServerRequestObservationConvention.class,
				() -> new DefaultIrpcServerRequestObservationConvention() {

					@Override
					public String getName() {
						return "my.requests";
					}

					@Override
					public KeyValues getLowCardinalityKeyValues(IrpcServerRequestContext context) {
						return KeyValues.of("peer", String.valueOf(context.getRemoteServiceName()));
					}

				})
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask("!call@1\tfn:echo\ttext=\"a\"");
					assertThat(this.recorded.next("my.requests")).isEqualTo("peer=null");
				}
			});
	}

	@Test
	void whenConventionFailsThenCommandsAreAnsweredNevertheless() {
		this.runner.withBean(IrpcServerRequestObservationConvention.class,
				() -> new DefaultIrpcServerRequestObservationConvention() {

					@Override
					public KeyValues getLowCardinalityKeyValues(IrpcServerRequestContext context) {
						throw new IllegalStateException("no keys");
					}

				})
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:echo\ttext=\"a\"")).isEqualTo(">1\t\t\"a\"");
				}
			});
	}

	@Test
	void whenRegistryLeadsNowhereThenNothingIsCreated() {
		ServerRunner.of(Functions.class)
			.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask("!call@1\tfn:current");
					Functions functions = context.getBean(Functions.class);
					assertThat(functions.current).isNull();
					assertThat(functions.log).isEmpty();
					CommandObserver observer = context.getBean(CommandObserver.class);
					assertThat(observer.received(functions.invocation(), new Untouched())).isSameAs(ObservedCommand.NONE);
				}
			});
	}

	private static String value(Observation.Context context, String key) {
		KeyValue keyValue = context.getHighCardinalityKeyValue(key);
		return (keyValue != null) ? keyValue.getValue() : "";
	}

	private static final class Untouched implements CommandHandler {

		@Override
		public String command() {
			throw new AssertionError("nobody is to ask for a name");
		}

		@Override
		public Object handle(Invocation invocation) {
			throw new AssertionError("nobody is to carry it out");
		}

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

	@IrpcService
	static class Functions {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		volatile @Nullable Observation current;

		volatile Map<String, String> log = Map.of();

		private volatile @Nullable Invocation invocation;

		Invocation invocation() {
			Invocation found = this.invocation;
			assertThat(found).isNotNull();
			return found;
		}

		public String echo(String text) {
			return text;
		}

		public void current() {
			this.invocation = Invocation.current();
			ObservationRegistry any = ObservationRegistry.create();
			this.current = any.getCurrentObservation();
			Map<String, String> mdc = MDC.getCopyOfContextMap();
			this.log = (mdc != null) ? mdc : Map.of();
		}

		public CompletableFuture<String> later() {
			return CompletableFuture.supplyAsync(() -> "late");
		}

		public CompletableFuture<String> brokenLater() {
			return CompletableFuture.failedFuture(new IllegalStateException("broken"));
		}

		public void missing() {
			throw new IrpcException(ErrorCode.NOT_FOUND, "no such thing");
		}

		public void timedOut() {
			throw new IrpcException(ErrorCode.DEADLINE_EXCEEDED, "too slow");
		}

		public void broken() {
			throw new IllegalStateException("broken");
		}

		public void confide(@IrpcSensitive String secret) {
			throw new IllegalArgumentException("not " + secret);
		}

		@IrpcFunction
		public void block() throws InterruptedException {
			this.entered.countDown();
			this.release.await();
		}

		public Stream<Integer> numbers(int n) {
			return Stream.iterate(0, (i) -> i + 1).limit(n);
		}

		public Flow.Publisher<Integer> failingStream() {
			SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
			publisher.closeExceptionally(new IrpcException(ErrorCode.UNAVAILABLE, "gone"));
			return publisher;
		}

	}

}
