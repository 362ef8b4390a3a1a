package io.irpc.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.payload.Payload;
import io.irpc.server.IrpcServer;
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
	void timeoutThatIsChangedHolds() {
		run((client) -> {
			client.connect().join();
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy(Words.class).slowly());
		}, (request, chain) -> chain.proceed(request.withTimeout(Duration.ofMillis(50))));
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

	}

}
