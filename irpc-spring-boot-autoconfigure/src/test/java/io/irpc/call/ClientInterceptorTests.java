package io.irpc.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.payload.Payload;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.server.IrpcServer;
import io.irpc.session.Invocation;
import io.irpc.session.TraceParent;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Interceptors around calls, and what methods of interfaces declare about calls.
 */
class ClientInterceptorTests {

	private final ApplicationContextRunner server = ServerRunner.of(Words.class);

	@Test
	void whenCallIsMadeThenInterceptorsSeeItInOrderAndItsOutcome() {
		List<String> seen = new CopyOnWriteArrayList<>();
		run((client, words) -> {
			assertThat(client.call("words.join").argument("a", "x").argument("b", "y").retrieve(String.class))
				.isEqualTo("xy");
			assertThat(seen).containsExactly("outer words.join VALUE [a=\"x\", b=\"y\"]",
					"inner words.join VALUE [a=\"x\", b=\"y\"]", "inner \"xy\"", "outer \"xy\"");
		}, logging("outer", seen), logging("inner", seen));
	}

	@Test
	void whenCallFailsThenInterceptorsSeeTheErrorAndTheCallerGetsIt() {
		List<String> seen = new CopyOnWriteArrayList<>();
		run((client, words) -> {
			assertThatExceptionOfType(RemoteCallException.NotFound.class)
				.isThrownBy(() -> client.call("words.fail").retrieve(Void.class));
			assertThat(client.call("words.fail").retrieveAsync(Void.class)).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(RemoteCallException.NotFound.class);
			assertThat(seen).containsSequence("only words.fail VALUE []", "only gone");
		}, logging("only", seen));
	}

	@Test
	void whenInterceptorChangesTheRequestThenThatIsSent() {
		TraceParent trace = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "01");
		run((client, words) -> {
			assertThat(client.call("words.join").argument("a", "x").retrieve(String.class)).isEqualTo("x!");
			assertThat(client.call("words.trace").retrieve(String.class)).isEqualTo(trace.toString());
			assertThatExceptionOfType(IrpcClientException.class)
				.isThrownBy(() -> client.call("words.block").retrieve(Void.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
		}, (request,
				chain) -> chain.proceed(request.withArgument("b", "!")
					.withTraceParent(trace)
					.withTimeout(Duration.ofMillis(request.function().equals("words.block") ? 50 : 5000))));
	}

	@Test
	void whenInterceptorAnswersItselfThenNothingIsSent() {
		run((client, words) -> {
			assertThat(client.call("missing").retrieve(Integer.class)).isEqualTo(42);
			assertThat(words.log).isEmpty();
		}, (request, chain) -> CompletableFuture.completedFuture(Payload.ofJson("42")));
	}

	@Test
	void whenInterceptorThrowsThenTheCallFailsWithThat() {
		run((client, words) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> client.call("words.join").retrieve(String.class))
				.withMessage("closed on sundays");
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> {
				try (Stream<Integer> numbers = client.call("words.numbers").argument(3).retrieveStream(Integer.class)) {
					numbers.toList();
				}
			});
		}, (request, chain) -> {
			throw new IllegalStateException("closed on sundays");
		});
	}

	@Test
	void whenCallIsAStreamOrOnewayThenInterceptorsSeeItsBeginAndEnd() {
		List<String> seen = new CopyOnWriteArrayList<>();
		run((client, words) -> {
			try (Stream<Integer> numbers = client.call("words.numbers").argument(3).retrieveStream(Integer.class)) {
				assertThat(numbers).containsExactly(0, 1, 2);
			}
			await().untilAsserted(
					() -> assertThat(seen).containsExactly("only words.numbers STREAM [null=3]", "only null"));
			seen.clear();
			client.call("words.note").argument("a").send().join();
			assertThat(seen).containsExactly("only words.note ONEWAY [null=\"a\"]", "only null");
			await().untilAsserted(() -> assertThat(words.log).contains("a"));
		}, logging("only", seen));
	}

	@Test
	void whenInterceptedCallIsCancelledThenTheFunctionIsInterrupted() {
		run((client, words) -> {
			CompletableFuture<@Nullable Void> future = client.call("words.block").retrieveAsync(Void.class);
			words.entered.await();
			future.cancel(true);
			await().untilAsserted(() -> assertThat(words.log).containsExactly("interrupted"));
		}, (request, chain) -> chain.proceed(request));
	}

	@Test
	void whenInterceptorsAreBeansThenTheySurroundTheCallsOfConfiguredClients() {
		List<String> seen = new CopyOnWriteArrayList<>();
		this.server.run((context) -> ServerRunner.of()
			.withPropertyValues("irpc.server.enabled=false",
					"irpc.client.address=127.0.0.1:" + context.getBean(IrpcServer.class).port())
			.withBean("first", Last.class, () -> new Last(seen))
			.withBean("second", First.class, () -> new First(seen))
			.run((caller) -> {
				caller.getBean(IrpcClient.class).call("words.trace").retrieve(String.class);
				assertThat(seen).containsExactly("first default", "last default");
			}));
	}

	@Test
	void whenMethodsReturnStreamsThenElementsAreReadInEveryStyle() {
		run((client, words) -> {
			WordsClient proxy = client.proxy(WordsClient.class);
			try (Stream<Integer> numbers = proxy.numbers(5)) {
				assertThat(numbers).containsExactly(0, 1, 2, 3, 4);
			}
			StepVerifier.create(proxy.numbersAsFlux(1_000_000).take(2)).expectNext(0, 1).verifyComplete();
			await().untilAsserted(() -> assertThat(words.log).contains("closed"));
		});
	}

	@Test
	void whenMonoIsCancelledThenTheFunctionIsInterrupted() {
		run((client, words) -> {
			StepVerifier.create(client.proxy(WordsClient.class).blockLater())
				.then(() -> await().until(() -> words.entered.getCount() == 0))
				.thenCancel()
				.verify();
			await().untilAsserted(() -> assertThat(words.log).containsExactly("interrupted"));
		});
	}

	@Test
	void whenMethodIsDeclaredOnewayThenItDoesNotWait() {
		run((client, words) -> {
			client.proxy(WordsClient.class).block();
			await().until(() -> words.entered.getCount() == 0);
		});
	}

	@Test
	void whenMethodIsDeclaredIdempotentThenInterceptorsKnow() {
		List<String> seen = new CopyOnWriteArrayList<>();
		run((client, words) -> {
			client.proxy(WordsClient.class).trace();
			client.call("words.trace").retrieve(String.class);
			assertThat(seen).containsExactly("words.trace true trace", "words.trace false null");
		}, (request, chain) -> {
			seen.add(request.function() + " " + request.isIdempotent() + " "
					+ ((request.method() != null) ? request.method().getName() : null));
			return chain.proceed(request);
		});
	}

	private static ClientInterceptor logging(String name, List<String> seen) {
		return (request, chain) -> {
			seen.add(name + " " + request.function() + " " + request.kind() + " "
					+ request.arguments().stream().map((each) -> each.name() + "=" + each.value().json()).toList());
			return chain.proceed(request)
				.whenComplete((value, ex) -> seen.add(name + " " + ((ex != null) ? message(ex) : value.json())));
		};
	}

	private static @Nullable String message(Throwable failure) {
		return ((failure.getCause() != null) ? failure.getCause() : failure).getMessage();
	}

	private void run(Use use, ClientInterceptor... interceptors) {
		this.server.run((context) -> {
			try (IrpcClient client = IrpcClient.builder()
				.address("127.0.0.1:" + context.getBean(IrpcServer.class).port())
				.interceptors(interceptors)
				.build()) {
				use.of(client, context.getBean(Words.class));
			}
		});
	}

	private interface Use {

		void of(IrpcClient client, Words words) throws Exception;

	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class First implements ClientInterceptor {

		private final List<String> seen;

		First(List<String> seen) {
			this.seen = seen;
		}

		@Override
		public CompletionStage<Payload> intercept(CallRequest request, Chain chain) {
			this.seen.add("first " + request.client());
			return chain.proceed(request);
		}

	}

	static class Last implements ClientInterceptor {

		private final List<String> seen;

		Last(List<String> seen) {
			this.seen = seen;
		}

		@Override
		public CompletionStage<Payload> intercept(CallRequest request, Chain chain) {
			this.seen.add("last " + request.client());
			return chain.proceed(request);
		}

	}

	@IrpcService("words")
	interface WordsClient {

		Stream<Integer> numbers(int end);

		@IrpcFunction("numbers")
		Flux<Integer> numbersAsFlux(int end);

		@IrpcFunction("block")
		Mono<Void> blockLater();

		@IrpcFunction(oneway = true)
		void block();

		@IrpcFunction(idempotent = true)
		String trace();

	}

	@IrpcService("words")
	static class Words {

		final List<String> log = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		public String join(String a, String b) {
			return a + b;
		}

		public void fail() {
			throw new IrpcException(ErrorCode.NOT_FOUND, "gone");
		}

		public void note(String text) {
			this.log.add(text);
		}

		public String trace() {
			Invocation current = Invocation.current();
			return String.valueOf((current != null) ? current.traceParent() : null);
		}

		public Stream<Integer> numbers(int end) {
			return IntStream.range(0, end).boxed().onClose(() -> this.log.add("closed"));
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

	}

}
