package io.irpc.call;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.function.ThrowingConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What interceptors see of calls, and what they make of them.
 */
class ClientInterceptorTests {

	private final List<CallRequest> seen = new CopyOnWriteArrayList<>();

	private final List<String> ended = new CopyOnWriteArrayList<>();

	private final ClientInterceptor recorder = (request, chain) -> {
		this.seen.add(request);
		return chain.proceed(request)
			.whenComplete((value, ex) -> this.ended.add((ex != null) ? "failed" : value.json()));
	};

	@Test
	void callsOfEveryStyleAreSurrounded() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThat(words.echo("a")).isEqualTo("a");
			assertThat(words.echoLater("b").get(10, TimeUnit.SECONDS)).isEqualTo("b");
			words.echoUnseen("c");
			try (Stream<String> stream = words.split("d e")) {
				assertThat(stream).containsExactly("d", "e");
			}
			Awaitility.await().untilAsserted(() -> assertThat(this.ended).hasSize(4));
			assertThat(this.seen).extracting(CallRequest::kind)
				.containsExactly(CallRequest.Kind.VALUE, CallRequest.Kind.VALUE, CallRequest.Kind.ONEWAY,
						CallRequest.Kind.STREAM);
		}, this.recorder);
	}

	@Test
	void requestShowsWhatIsCalled() {
		run((client) -> {
			client.proxy(Words.class).echo("a");
			CallRequest request = this.seen.get(0);
			assertThat(request.client()).isEqualTo("default");
			assertThat(request.function()).isEqualTo("words.echo");
			assertThat(request.arguments()).singleElement().satisfies((argument) -> {
				assertThat(argument.name()).isEqualTo("word");
				assertThat(argument.value().json()).isEqualTo("\"a\"");
			});
			assertThat(request.timeout()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
			assertThat(request.isIdempotent()).isTrue();
		}, this.recorder);
	}

	@Test
	void failuresAreSeenAndReachTheCallerUnchanged() {
		run((client) -> {
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy(Words.class).fail());
			assertThat(this.ended).containsExactly("failed");
		}, this.recorder);
	}

	@Test
	void laterInterceptorsAreInsideAndSeeWhatIsChanged() {
		run((client) -> {
			assertThat(client.proxy(Words.class).echo("a")).isEqualTo("changed");
			assertThat(this.seen.get(0).timeout()).isGreaterThan(Duration.ofMinutes(5));
		}, (request, chain) -> chain
			.proceed(request.withArgument("word", "changed").withTimeout(Duration.ofMinutes(9))), this.recorder);
	}

	@Test
	@SuppressWarnings("NullAway") // as code does that is not checked
	void interceptorThatReturnsNothingOrFailsIsAFailureOfTheCall() {
		run((client) -> {
			CompletableFuture<String> call = client.call("words.echo").argument("a").retrieveAsync(String.class);
			assertThat(call).failsWithin(Duration.ofSeconds(10))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(IllegalStateException.class)
				.withMessageContainingAll("The ClientInterceptor ", "ClientInterceptorTests", " has returned null");
		}, (request, chain) -> null);
		run((client) -> assertThat(client.call("words.echo").argument("a").send()).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining("broken"), (request, chain) -> {
				throw new AssertionError("broken");
			});
	}

	@Test
	void timeoutThatIsChangedHolds() {
		run((client) -> assertThatExceptionOfType(CallTimeoutException.class)
			.isThrownBy(() -> client.proxy(Words.class).slowly())
			.withMessageContaining("50 ms"),
				(request, chain) -> chain.proceed(request.withTimeout(Duration.ofMillis(50))));
	}

	@Test
	void interceptorMayAnswerOrRefuseInPlaceOfTheServer() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThat(words.echo("a")).isNull();
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(words::fail).withMessage("refused");
		}, (request, chain) -> request.function().equals("words.fail")
				? CompletableFuture.failedFuture(new IllegalStateException("refused"))
				: CompletableFuture.completedFuture(Payload.NULL));
	}

	@Test
	void interceptorMayRefuseWhatIsNotWaitedFor() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> words.echoUnseen("a"))
				.withMessage("refused");
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> words.split("a b").toList())
				.withMessage("refused");
		}, (request, chain) -> {
			throw new IllegalStateException("refused");
		});
	}

	@Test
	void interceptorMayTryAgain() {
		run((client) -> {
			assertThat(client.proxy(Words.class).seldom()).isEqualTo("done");
			assertThat(this.ended).hasSize(2).startsWith("failed");
		}, (request, chain) -> chain.proceed(request)
			.handle((value, ex) -> (ex != null) ? chain.proceed(request) : CompletableFuture.completedStage(value))
			.thenCompose((stage) -> stage), this.recorder);
	}

	@Test
	void cancellingTheFutureCancelsWhatWasSent() {
		run((client) -> {
			CompletableFuture<Void> waiting = client.proxy(Words.class).waitLater();
			assertThat(Service.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			waiting.cancel(true);
			assertThat(Service.interrupted.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		}, (request, chain) -> chain.proceed(request).thenApply((value) -> value));
	}

	@Test
	void cancellingTheFutureCancelsAllThatWasSent() {
		run((client) -> {
			CompletableFuture<Void> waiting = client.proxy(Words.class).waitLater();
			assertThat(Service.waiting.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
			waiting.cancel(true);
			assertThat(Service.interrupted.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
		}, (request, chain) -> {
			CompletionStage<Payload> first = chain.proceed(request);
			return chain.proceed(request).thenCombine(first, (one, other) -> one);
		});
	}

	@Test
	void traceThatIsChangedIsSent() {
		String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
		run((client) -> assertThat(client.proxy(Words.class).trace()).isEqualTo(trace), (request, chain) -> chain
			.proceed(request.withTraceParent(Objects.requireNonNull(TraceParent.parse(trace)))));
	}

	@Test
	void beansSurroundCallsOfConfiguredClientsInTheirOrder() {
		ServerRunner.of(Service.class)
			.run((server) -> ServerRunner.of(Interceptors.class)
				.withPropertyValues("irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port())
				.run((context) -> assertThat(context.getBean(IrpcClient.class).proxy(Words.class).echo(""))
					.isEqualTo("inner")));
	}

	private static void run(ThrowingConsumer<IrpcClient> test, ClientInterceptor... interceptors) {
		ServerRunner.of(Service.class).run((server) -> {
			try (IrpcClient client = IrpcClient.builder()
				.address("127.0.0.1:" + server.getBean(IrpcServer.class).port())
				.interceptors(interceptors)
				.build()) {
				client.connect().join();
				test.accept(client);
			}
		});
	}

	@IrpcService("words")
	interface Words {

		@IrpcFunction(idempotent = true)
		String echo(String word);

		@IrpcFunction("echo")
		CompletableFuture<String> echoLater(String word);

		@IrpcFunction(value = "echo", oneway = true)
		void echoUnseen(String word);

		Stream<String> split(String words);

		void slowly();

		void fail();

		String seldom();

		@IrpcFunction("wait")
		CompletableFuture<Void> waitLater();

		String trace();

	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		@Bean
		@Order(2)
		ClientInterceptor inner() {
			return (request, chain) -> chain.proceed(request.withArgument("word", "inner"));
		}

		@Bean
		@Order(1)
		ClientInterceptor outer() {
			return (request, chain) -> chain.proceed(request.withArgument("word", "outer"));
		}

	}

	@IrpcService("words")
	static class Service {

		static final Semaphore waiting = new Semaphore(0);

		static final Semaphore interrupted = new Semaphore(0);

		private final AtomicInteger calls = new AtomicInteger();

		public String echo(String word) {
			return word;
		}

		public List<String> split(String words) {
			return List.of(words.split(" "));
		}

		public void slowly() throws InterruptedException {
			new CountDownLatch(1).await(1, TimeUnit.SECONDS);
		}

		public void fail() {
			throw new IllegalStateException("on purpose");
		}

		public String seldom() {
			if (this.calls.incrementAndGet() == 1) {
				throw new IrpcException(ErrorCode.UNAVAILABLE, "not yet", null, null);
			}
			return "done";
		}

		@IrpcFunction("wait")
		public void waitLong() {
			waiting.release();
			try {
				new CountDownLatch(1).await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				interrupted.release();
			}
		}

		public String trace() {
			Invocation invocation = Invocation.current();
			return String.valueOf((invocation != null) ? invocation.traceParent() : null);
		}

	}

}
