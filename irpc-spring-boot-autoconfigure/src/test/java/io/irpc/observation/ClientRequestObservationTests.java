package io.irpc.observation;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.call.ClientInterceptor;
import io.irpc.call.ConnectionLostException;
import io.irpc.call.IrpcCaller;
import io.irpc.call.IrpcClientException;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientBuilder;
import io.irpc.client.WhileDisconnected;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Every call of a client is observed once, however it is made and ends.
 */
class ClientRequestObservationTests {

	private static final String NAME = "irpc.client.requests";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final RecordedObservations recorded = RecordedObservations.of(this.registry);

	private final IrpcObservations observations = new IrpcObservations(this.registry,
			IrpcObservationConventions.DEFAULTS);

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenCallsAreMadeInAnyStyleThenEachIsObserved() {
		run((context, client) -> {
			assertThat(client.call("echo").argument("text", "a").retrieve(String.class)).isEqualTo("a");
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "none", "SUCCESS"));
			client.call("echo").argument("text", "a").retrieveAsync(String.class).join();
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "none", "SUCCESS"));
			try (Stream<Integer> numbers = client.call("numbers").argument("n", 100).retrieveStream(Integer.class)) {
				assertThat(numbers).hasSize(100);
			}
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("numbers", "none", "SUCCESS"));
			client.call("echo").argument("text", "a").send().join();
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "none", "SUCCESS"));
			Remote remote = client.proxy(Remote.class);
			remote.echo("a");
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "none", "SUCCESS"));
			Mono<String> later = remote.later();
			assertThat(this.recorded.started(NAME)).as("nobody has subscribed").isEmpty();
			assertThat(later.block()).isEqualTo("late");
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("later", "none", "SUCCESS"));
		});
	}

	@ParameterizedTest
	@EnumSource(ErrorCode.class)
	void whenPeerAnswersWithAnErrorThenItsCodeIsObserved(ErrorCode code) {
		run((context, client) -> {
			assertThatExceptionOfType(IrpcClientException.class)
				.isThrownBy(() -> client.call("fail").argument("code", code).retrieve(Void.class));
			Observation.Context ended = this.recorded.nextContext(NAME);
			boolean named = code != ErrorCode.UNKNOWN_FUNCTION;
			assertThat(RecordedObservations.keys(ended))
				.isEqualTo(keys(named ? "fail" : "unknown", code.wireName(), IrpcOutcome.of(code).name()));
			assertThat(ended.getError()).isInstanceOf(IrpcClientException.class);
			CompletableFuture<@Nullable Void> later = client.call("fail")
				.argument("code", code)
				.retrieveAsync(Void.class);
			assertThatExceptionOfType(Exception.class).isThrownBy(later::get);
			assertThat(this.recorded.next(NAME)).contains(code.wireName());
		});
	}

	@Test
	void whenFunctionIsNotKnownToThePeerThenItsNameIsNoValueOfAKey() {
		run((context, client) -> {
			assertThatExceptionOfType(IrpcClientException.class)
				.isThrownBy(() -> client.call("made.up").retrieve(Void.class));
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("unknown", "unknown_function", "CLIENT_ERROR"));
		});
	}

	@Test
	void whenTooManyNamesAreCalledThenFurtherOnesAreNoValuesOfKeys() {
		CalledFunctions functions = new CalledFunctions();
		for (int i = 0; i < 1001; i++) {
			functions.add("f" + i);
		}
		assertThat(functions.contains("f999")).isTrue();
		assertThat(functions.contains("f1000")).isFalse();
	}

	@Test
	void whenAnswerDoesNotComeInTimeThenThatIsObserved() {
		run((context, client) -> {
			client.connect().join();
			assertThatExceptionOfType(IrpcClientException.class)
				.isThrownBy(() -> client.call("block").timeout(Duration.ofMillis(50)).retrieve(Void.class));
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("block", "deadline_exceeded", "SERVER_ERROR"));
		});
	}

	@Test
	void whenCallerCancelsThenThatIsObserved() {
		run((context, client) -> {
			CompletableFuture<?> call = client.call("block").retrieveAsync(Void.class);
			context.getBean(Functions.class).entered.await();
			call.cancel(true);
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("block", "cancelled", "CANCELLED"));
			try (Stream<Integer> numbers = client.call("numbers")
				.argument("n", 100_000)
				.retrieveStream(Integer.class)) {
				assertThat(numbers.iterator().next()).isZero();
				assertThat(this.recorded.all(NAME)).isEmpty();
			}
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("numbers", "cancelled", "CANCELLED"));
		});
	}

	@Test
	void whenConnectionIsLostThenTheOutcomeIsUnknown() {
		this.runner.run((context) -> {
			ClientInterceptor cut = (request, chain) -> CompletableFuture
				.failedFuture(new ConnectionLostException("the connection was lost before the answer", null));
			try (IrpcClient client = builder(context.getBean(IrpcServer.class).port()).interceptors(cut).build()) {
				assertThatExceptionOfType(ConnectionLostException.class)
					.isThrownBy(() -> client.call("echo").retrieve(String.class));
				assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "unavailable", "UNKNOWN"));
			}
		});
	}

	@Test
	void whenThereIsNoConnectionThenTheTimeOfTheWaitIsObserved() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		try (IrpcClient client = builder(port).whileDisconnected(WhileDisconnected.WAIT).build()) {
			assertThatExceptionOfType(IrpcClientException.class)
				.isThrownBy(() -> client.call("echo").timeout(Duration.ofMillis(200)).retrieve(String.class));
			Observation.Context ended = this.recorded.nextContext(NAME);
			assertThat(RecordedObservations.keys(ended)).isEqualTo(keys("echo", "unavailable", "SERVER_ERROR"));
		}
	}

	@Test
	void whenOtherInterceptorsSurroundTheCallThenTheyAreWithinTheObservation() {
		this.runner.run((context) -> {
			List<String> seen = new CopyOnWriteArrayList<>();
			ClientInterceptor interceptor = (request, chain) -> {
				Observation current = this.registry.getCurrentObservation();
				seen.add((current != null) ? String.valueOf(current.getContext().getName()) : "none");
				return chain.proceed(request);
			};
			try (IrpcClient client = builder(context.getBean(IrpcServer.class).port()).interceptors(interceptor)
				.build()) {
				client.call("echo").argument("text", "a").retrieve(String.class);
				assertThat(seen).containsExactly(NAME);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "scope opened", "scope closed", "error", "stop" })
	void whenAHandlerOfObservationsFailsThenCallsAreMadeNevertheless(String where) {
		this.registry.observationConfig().observationHandler(new FailingHandler(where, IrpcClientRequestContext.class));
		run((context, client) -> assertCallsWork(client));
		this.runner.run((context) -> {
			ClientInterceptor interceptor = (request, chain) -> chain.proceed(request);
			try (IrpcClient client = builder(context.getBean(IrpcServer.class).port()).interceptors(interceptor)
				.build()) {
				assertCallsWork(client);
				assertThat(this.registry.getCurrentObservation()).isNull();
			}
		});
		if (!where.equals("stop")) {
			await().untilAsserted(
					() -> assertThat(this.recorded.all(NAME)).hasSize(10).hasSameSizeAs(this.recorded.started(NAME)));
		}
	}

	private static void assertCallsWork(IrpcClient client) {
		assertThat(client.call("echo").argument("text", "a").retrieve(String.class)).isEqualTo("a");
		assertThat(client.call("echo").argument("text", "b").retrieveAsync(String.class).join()).isEqualTo("b");
		assertThat(client.call("echo").argument("text", "c").send()).succeedsWithin(Duration.ofSeconds(10));
		try (Stream<Integer> numbers = client.call("numbers").argument("n", 3).retrieveStream(Integer.class)) {
			assertThat(numbers).hasSize(3);
		}
		assertThatExceptionOfType(IrpcClientException.class)
			.isThrownBy(() -> client.call("fail").argument("code", ErrorCode.NOT_FOUND).retrieve(Void.class))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

	@Test
	void whenTheAnswerIsNotOfTheTypeAskedForThenTheCallHasSucceeded() {
		run((context, client) -> {
			assertThatExceptionOfType(IrpcClientException.class)
				.isThrownBy(() -> client.call("echo").argument("text", "a").retrieve(Integer.class));
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "none", "SUCCESS"));
			CompletableFuture<@Nullable Integer> later = client.call("echo")
				.argument("text", "a")
				.retrieveAsync(Integer.class);
			assertThatExceptionOfType(Exception.class).isThrownBy(later::get);
			assertThat(this.recorded.next(NAME)).isEqualTo(keys("echo", "none", "SUCCESS"));
		});
	}

	@Test
	void whenServerCallsItsClientThenBothSidesAreObserved() {
		observed().run((context) -> {
			try (IrpcClient client = builder(context.getBean(IrpcServer.class).port()).publish(new Confirmation())
				.build()) {
				client.call("back").retrieve(String.class);
				await().untilAsserted(() -> assertThat(this.recorded.all(NAME)).containsExactly(
						"client=none error.code=none function=confirm outcome=SUCCESS",
						keys("back", "none", "SUCCESS")));
				assertThat(this.recorded.all("irpc.server.requests")).contains(
						"command=call error.code=none function=confirm outcome=SUCCESS",
						"command=call error.code=none function=back outcome=SUCCESS");
			}
		});
	}

	@Test
	void whenClientIsConfiguredThenItIsObservedByItsName() {
		this.runner.run((server) -> new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IrpcAutoConfiguration.class, IrpcClientAutoConfiguration.class,
					IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry)
			.withPropertyValues("irpc.clients.home.address=localhost:" + server.getBean(IrpcServer.class).port())
			.run((context) -> {
				context.getBean(IrpcClient.class).call("echo").argument("text", "a").retrieve(String.class);
				assertThat(this.recorded.next(NAME))
					.isEqualTo("client=home error.code=none function=echo outcome=SUCCESS");
			}));
	}

	private ApplicationContextRunner observed() {
		return this.runner.withConfiguration(AutoConfigurations.of(IrpcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry);
	}

	private void run(Consumer consumer) {
		ContextConsumer<AssertableApplicationContext> test = (context) -> {
			try (IrpcClient client = builder(context.getBean(IrpcServer.class).port()).build()) {
				consumer.accept(context, client);
			}
		};
		this.runner.run(test);
	}

	private IrpcClientBuilder builder(int port) {
		return IrpcClient.builder().address("localhost:" + port).observers(this.observations.client());
	}

	private static String keys(String function, String code, String outcome) {
		return "client=default error.code=" + code + " function=" + function + " outcome=" + outcome;
	}

	interface Consumer {

		void accept(ApplicationContext context, IrpcClient client) throws Exception;

	}

	@IrpcService
	interface Remote {

		String echo(String text);

		Mono<String> later();

	}

	@IrpcService
	static class Confirmation {

		@IrpcFunction
		public String confirm() {
			return "yes";
		}

	}

	@IrpcService
	static class Functions {

		final CountDownLatch entered = new CountDownLatch(1);

		public String echo(String text) {
			return text;
		}

		public CompletableFuture<String> later() {
			return CompletableFuture.supplyAsync(() -> "late");
		}

		public void fail(ErrorCode code) {
			throw new IrpcException(code, "failed as it was told");
		}

		public String back(IrpcCaller caller) {
			return String.valueOf(caller.call("confirm").retrieve(String.class));
		}

		public void block() throws InterruptedException {
			this.entered.countDown();
			new CountDownLatch(1).await();
		}

		public Stream<Integer> numbers(int n) {
			return Stream.iterate(0, (i) -> i + 1).limit(n);
		}

	}

}
