package io.irpc.observation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
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
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every command is observed once, however it ends.
 */
class ServerRequestObservationTests {

	private static final String NAME = "irpc.server.requests";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final RecordedObservations recorded = RecordedObservations.of(this.registry);

	private final ApplicationContextRunner runner = observed(ServerRunner.of(ObservedFunctions.class));

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
					!help@1	fn:echo                 | command=help error.code=none function=echo outcome=SUCCESS
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
	void whenAnArgumentIsRefusedThenItsErrorDoesNotQuoteIt() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@1\tfn:numbers\tn=\"quoted\"");
				Observation.Context context1 = this.recorded.nextContext(NAME);
				StringWriter trace = new StringWriter();
				Objects.requireNonNull(context1.getError()).printStackTrace(new PrintWriter(trace));
				assertThat(trace.toString()).contains("Argument n").doesNotContain("quoted");
				assertThat(context1).isInstanceOfSatisfying(IrpcServerRequestContext.class,
						(request) -> assertThat(URI.create(String.valueOf(request.getRemoteServiceAddress())))
							.hasHost("127.0.0.1")
							.hasPort(client.socket().getLocalPort()));
			}
		});
	}

	@Test
	void whenACommandBehindItWaitsThenItsEndIsObservedOnItsThreadNevertheless() {
		Queue<String> threads = new ConcurrentLinkedQueue<>();
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				threads.add(Thread.currentThread().getName());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof IrpcServerRequestContext;
			}

		});
		observed(ServerRunner.of(Gates.class))
			.withPropertyValues("irpc.server.threads.max=1", "irpc.server.threads.virtual=false")
			.run((context) -> {
				Gates gates = context.getBean(Gates.class);
				try (RawClient client = ServerRunner.connect(context)) {
					client.send("!call@1\tfn:gates.first");
					gates.entered.await();
					client.send("!call@2\tfn:gates.open\n!call@3\tfn:gates.open\n!call@4\tfn:gates.second");
					await().until(() -> context.getBean(SessionManager.class).runningCommands() == 4);
					gates.first.countDown();
					for (int i = 1; i <= 3; i++) {
						assertThat(client.read()).isEqualTo(">" + i + "\t\tnull");
					}
					assertThat(threads).hasSize(3).allMatch((name) -> name.startsWith("irpc-server-"));
					gates.second.countDown();
					assertThat(client.read()).isEqualTo(">4\t\tnull");
				}
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenAHandlerOfObservationsFailsThenCommandsAreCarriedOutNevertheless(boolean withError) {
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onScopeOpened(Observation.Context context) {
				fail();
			}

			@Override
			public void onStop(Observation.Context context) {
				fail();
			}

			private void fail() {
				if (withError) {
					throw new LinkageError("on purpose");
				}
				throw new IllegalStateException("on purpose");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:echo\ttext=\"a\"")).isEqualTo(">1\t\t\"a\"");
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
	void whenFunctionRunsThenItsObservationIsTheCurrentOneAndEndsWithIt() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@1\tfn:current");
				Observation.Context ended = this.recorded.nextContext(NAME);
				Observation current = context.getBean(ObservedFunctions.class).current;
				assertThat(current).extracting(Observation::getContext).isSameAs(ended);
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
				assertThat(confided.getError()).hasStackTraceContaining("IllegalArgumentException")
					.extracting(Throwable::toString, InstanceOfAssertFactories.STRING)
					.doesNotContain("4711");
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
		ServerRunner.of(ObservedFunctions.class)
			.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask("!call@1\tfn:current");
					ObservedFunctions functions = context.getBean(ObservedFunctions.class);
					assertThat(functions.current).isNull();
					assertThat(functions.log).isEmpty();
					CommandObserver observer = context.getBean(CommandObserver.class);
					assertThat(observer.received(functions.invocation(), new Untouched()))
						.isSameAs(ObservedCommand.NONE);
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

	@IrpcService("gates")
	static class Gates {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch first = new CountDownLatch(1);

		private final CountDownLatch second = new CountDownLatch(1);

		public void first() throws InterruptedException {
			this.entered.countDown();
			this.first.await();
		}

		public void open() {
		}

		public void second() throws InterruptedException {
			this.second.await();
		}

	}

}
