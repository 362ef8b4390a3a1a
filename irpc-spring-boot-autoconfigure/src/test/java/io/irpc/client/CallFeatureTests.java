package io.irpc.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.call.IrpcClientException;
import io.irpc.call.RemoteCallException;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.server.IrpcServer;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.TraceParent;
import io.irpc.support.WithoutSecurity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Calls between a client and a server that both speak version 1.1 (protocol §6 and §7).
 */
class CallFeatureTests {

	private final ConfigurableApplicationContext server = new SpringApplicationBuilder(ServerApplication.class)
		.web(WebApplicationType.NONE)
		.properties("irpc.server.port=0", WithoutSecurity.PROPERTY, "spring.main.banner-mode=off",
				"spring.main.register-shutdown-hook=false")
		.run();

	private final Functions functions = this.server.getBean(Functions.class);

	private final IrpcClient client = TestClients.of(this.server.getBean(IrpcServer.class).port());

	@BeforeEach
	void connect() {
		this.functions.client = this.client;
		await().untilAsserted(() -> assertThat(this.client.call("features").retrieve(String[].class)).contains("cancel",
				"deadline", "oneway", "outcome", "stream", "trace"));
	}

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void whenTimeoutIsSetThenTheFunctionIsInterrupted() {
		assertThatExceptionOfType(IrpcClientException.class)
			.isThrownBy(() -> this.client.call("block").timeout(Duration.ofMillis(50)).retrieve(Void.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
		await().untilAsserted(() -> assertThat(this.functions.log).contains("interrupted"));
	}

	@Test
	void whenFunctionCallsOnThenTheNestedCallHasWhatIsLeftOfTheTime() {
		assertThat(this.client.call("nested").timeout(Duration.ofSeconds(5)).retrieve(Long.class)).isBetween(1L, 5000L);
		assertThat(this.client.call("nested").retrieve(Long.class)).as("no time was set").isEqualTo(-1);
	}

	@Test
	void whenFunctionHasATraceThenTheNestedCallBelongsToIt() {
		assertThat(this.functions.trace).isNull();
		TraceParent parent = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "01");
		assertThat(this.client.call("nestedTrace").traceParent(parent).retrieve(String.class))
			.matches("00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01");
	}

	@Test
	void whenFutureIsCancelledThenTheFunctionIsInterrupted() throws InterruptedException {
		CompletableFuture<@Nullable Void> future = this.client.call("block").retrieveAsync(Void.class);
		this.functions.entered.await();
		future.cancel(true);
		await().untilAsserted(() -> assertThat(this.functions.log).contains("interrupted"));
		assertThat(this.client.call("list").retrieve(Integer[].class)).containsExactly(1, 2, 3);
	}

	@Test
	void whenWaitingThreadIsInterruptedThenTheFunctionIsToo() throws InterruptedException {
		Thread thread = new Thread(() -> {
			try {
				this.client.call("block").retrieve(Void.class);
			}
			catch (IrpcClientException ex) {
				this.functions.log.add(ex.code().wireName());
			}
		});
		thread.start();
		this.functions.entered.await();
		thread.interrupt();
		await()
			.untilAsserted(() -> assertThat(this.functions.log).containsExactlyInAnyOrder("interrupted", "cancelled"));
	}

	@Test
	void whenCallsAreSentOnewayThenTheyRunInOrderWithoutAnswers() {
		this.client.call("note").argument("a").send().join();
		this.client.call("missing").send().join();
		this.client.call("note").argument("b").send().join();
		await().untilAsserted(() -> assertThat(this.functions.log).containsExactly("a", "b"));
	}

	@Test
	void whenStreamIsReadThenAllItsElementsComeInOrder() {
		try (Stream<Integer> numbers = this.client.call("numbers").argument(1000).retrieveStream(Integer.class)) {
			assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
		}
		await().untilAsserted(() -> assertThat(this.functions.log).contains("closed"));
	}

	@Test
	void whenReaderTakesNothingThenTheProducerStopsUntilTheStreamIsClosed() {
		try (Stream<Integer> numbers = this.client.call("numbers").argument(1_000_000).retrieveStream(Integer.class)) {
			assertThat(numbers.iterator().next()).isZero();
			await().during(Duration.ofMillis(300)).until(() -> this.functions.produced.get() <= 300);
			assertThat(this.functions.log).isEmpty();
		}
		await().untilAsserted(() -> assertThat(this.functions.log).contains("closed"));
		assertThat(this.functions.produced).hasValueLessThanOrEqualTo(300);
	}

	@Test
	void whenTheClientIsClosedThenItsStreamsEndAtTheServer() {
		Stream<Integer> numbers = this.client.call("numbers").argument(1_000_000).retrieveStream(Integer.class);
		assertThat(numbers.iterator().next()).isZero();
		assertThat(this.functions.log).doesNotContain("closed");
		this.client.close();
		await().untilAsserted(() -> assertThat(this.functions.log).contains("closed"));
	}

	@Test
	void whenStreamIsClosedThenWhoeverWaitsForAnElementIsTold() {
		Stream<Integer> elements = this.client.call("silence").retrieveStream(Integer.class);
		CompletableFuture<List<Integer>> reader = CompletableFuture.supplyAsync(elements::toList);
		await().until(() -> this.functions.log.contains("silent"));
		elements.close();
		assertThat(reader).failsWithin(Duration.ofSeconds(20))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IrpcClientException.class)
			.withMessageContaining("The stream was closed");
	}

	@Test
	void whenAnArgumentHasNoJsonFormThenTheErrorNamesIt() {
		Object loop = new Object() {

			@SuppressWarnings("unused")
			public Object getSelf() {
				throw new IllegalStateException("broken");
			}

		};
		assertThatExceptionOfType(IrpcClientException.class)
			.isThrownBy(() -> this.client.call("echo").argument("text", loop))
			.withMessageStartingWith("Argument text of echo has no JSON form: ");
		assertThatExceptionOfType(IrpcClientException.class)
			.isThrownBy(() -> this.client.call("echo").argument("a").argument(loop))
			.withMessageStartingWith("Argument #2 of echo has no JSON form: ");
	}

	@Test
	void whenTimeIsLongThenItIsAsGoodAsForEver() {
		for (Duration time : List.of(Duration.ofDays(30), ChronoUnit.FOREVER.getDuration())) {
			assertThat(this.client.call("echo").argument("a").timeout(time).retrieve(String.class)).isEqualTo("a");
		}
		for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.client.call("echo").timeout(time))
				.withMessage("The timeout of echo is " + time + " (expected: > 0)");
		}
	}

	@Test
	void whenFluxIsTakenInPartThenTheServerStops() {
		Flux<Integer> flux = JdkFlowAdapter
			.flowPublisherToFlux(this.client.call("flux").argument(1_000_000).retrievePublisher(Integer.class));
		StepVerifier.create(flux.take(5)).expectNext(0, 1, 2, 3, 4).verifyComplete();
		await().untilAsserted(() -> assertThat(this.functions.log).contains("flux cancelled"));
	}

	@Test
	void whenSubscriberAsksForAFewThenNoMoreAreProduced() {
		Flux<Integer> flux = JdkFlowAdapter
			.flowPublisherToFlux(this.client.call("flux").argument(1_000_000).retrievePublisher(Integer.class));
		StepVerifier.create(flux, 3)
			.expectNext(0, 1, 2)
			.then(() -> assertThat(this.functions.produced).hasValue(3))
			.thenRequest(2)
			.expectNext(3, 4)
			.thenCancel()
			.verify();
	}

	@Test
	void whenPublisherIsSubscribedToLateThenItsTimeBeginsWithTheSubscription() {
		Flux<Integer> flux = JdkFlowAdapter.flowPublisherToFlux(this.client.call("numbers")
			.argument(3)
			.timeout(Duration.ofSeconds(1))
			.retrievePublisher(Integer.class));
		await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
		StepVerifier.create(flux).expectNext(0, 1, 2).verifyComplete();
	}

	@Test
	void whenStreamFailsThenReaderGetsTheElementsAndTheError() {
		Flux<Integer> flux = JdkFlowAdapter
			.flowPublisherToFlux(this.client.call("failing").retrievePublisher(Integer.class));
		StepVerifier.create(flux).expectNext(1, 2).expectError(RemoteCallException.NotFound.class).verify();
	}

	@Test
	void whenFunctionReturnsAListThenItCanBeReadAsAStream() {
		Flux<Integer> flux = JdkFlowAdapter
			.flowPublisherToFlux(this.client.call("list").retrievePublisher(Integer.class));
		StepVerifier.create(flux, 1).expectNext(1).thenRequest(9).expectNext(2, 3).verifyComplete();
	}

	@Test
	void whenStreamIsRetrievedAsAListThenItIsCollected() {
		assertThat(this.client.call("numbers").argument(500).retrieve(Integer[].class)).hasSize(500).startsWith(0, 1);
		assertThat(this.client.call("numbers").argument(0).retrieve(Integer[].class)).isEmpty();
	}

	@Test
	void whenElementIsNotOfTheTypeThenStreamFailsAndTheServerStops() {
		Flux<Boolean> flux = JdkFlowAdapter
			.flowPublisherToFlux(this.client.call("numbers").argument(100_000).retrievePublisher(Boolean[].class))
			.map((element) -> element[0]);
		StepVerifier.create(flux)
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageStartingWith("The answer of numbers is not of"))
			.verify();
		await().untilAsserted(() -> assertThat(this.functions.log).contains("closed"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Functions.class)
	static class ServerApplication {

	}

	@IrpcService
	static class Functions {

		final List<String> log = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		final AtomicInteger produced = new AtomicInteger();

		volatile @Nullable TraceParent trace;

		volatile @Nullable IrpcClient client;

		public Iterable<String> features(IrpcSession session) {
			return session.peer().features();
		}

		public void block() {
			this.entered.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.log.add("interrupted");
			}
		}

		public @Nullable Long nested() {
			return client().call("remaining").retrieve(Long.class);
		}

		public long remaining() {
			Duration remaining = invocation().remainingTime();
			return (remaining != null) ? remaining.toMillis() : -1;
		}

		public @Nullable String nestedTrace() {
			return client().call("trace").retrieve(String.class);
		}

		public String trace() {
			return String.valueOf(invocation().traceParent());
		}

		public void note(String text) {
			this.log.add(text);
		}

		public String echo(String text) {
			return text;
		}

		public Flux<Integer> silence() {
			return Flux.<Integer>never().doOnRequest((n) -> this.log.add("silent"));
		}

		public Stream<Integer> numbers(int end) {
			return IntStream.range(0, end)
				.peek((i) -> this.produced.set(i + 1))
				.boxed()
				.onClose(() -> this.log.add("closed"));
		}

		public Flux<Integer> flux(int end) {
			return Flux.range(0, end)
				.doOnNext((i) -> this.produced.incrementAndGet())
				.doOnCancel(() -> this.log.add("flux cancelled"));
		}

		public Flux<Integer> failing() {
			return Flux.just(1, 2).concatWith(Flux.error(new IrpcException(ErrorCode.NOT_FOUND, "gone")));
		}

		public List<Integer> list() {
			return List.of(1, 2, 3);
		}

		private IrpcClient client() {
			IrpcClient current = this.client;
			if (current == null) {
				throw new IllegalStateException("No client");
			}
			return current;
		}

		private static Invocation invocation() {
			Invocation current = Invocation.current();
			if (current == null) {
				throw new IllegalStateException("No invocation");
			}
			return current;
		}

	}

}
