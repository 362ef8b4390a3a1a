package io.irpc.call;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.client.ReconnectPolicy;
import io.irpc.server.IrpcServer;
import io.irpc.service.IrpcConfigurationException;
import io.irpc.support.ScriptedServer;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.function.ThrowingConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What methods of proxies return, and what they refuse.
 */
class ServiceProxyTests {

	@Test
	void valuesAreReturnedInEveryStyle() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThat(words.length("four")).isEqualTo(4);
			assertThat(words.lengthAsStage("four").toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo(4);
			assertThat(words.lengthAsFuture("four").get(10, TimeUnit.SECONDS)).isEqualTo(4);
			assertThat(words.lengthLater("four").block(Duration.ofSeconds(10))).isEqualTo(4);
			assertThat(words.split("a b")).containsExactly("a", "b");
		});
	}

	@Test
	void optionalValuesAreReturnedInEveryStyle() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThat(words.find("a")).contains("a!");
			assertThat(words.find("none")).isEmpty();
			assertThat(words.findLater("none").get(10, TimeUnit.SECONDS)).isEmpty();
		});
	}

	@Test
	void elementsAreReturnedInEveryStyle() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			try (Stream<String> stream = words.splitAsStream("a b")) {
				assertThat(stream).containsExactly("a", "b");
			}
			assertThat(words.splitAsFlux("a b").collectList().block(Duration.ofSeconds(10))).containsExactly("a", "b");
			assertThat(JdkFlowAdapter.flowPublisherToFlux(words.splitAsPublisher("a b"))
				.collectList()
				.block(Duration.ofSeconds(10))).containsExactly("a", "b");
		});
	}

	@Test
	void onewayMethodsDoNotWaitForTheAnswer() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			words.failUnseen();
			assertThat(words.failUnseenLater().get(10, TimeUnit.SECONDS)).isNull();
			assertThat(words.failUnseenReactively().blockOptional(Duration.ofSeconds(10))).isEmpty();
		});
	}

	@Test
	void onewayMethodsThatReturnValuesFailWhenTheProxyIsMade() {
		run((client) -> assertThatExceptionOfType(IrpcConfigurationException.class)
			.isThrownBy(() -> client.proxy(NoAnswer.class))
			.withMessageContaining("NoAnswer.length(")
			.satisfies((ex) -> assertThat(ex.action()).contains("Mono<Void>")));
	}

	@Test
	void onlyCallsThatMayBeRepeatedAreRepeatedWhenTheConnectionIsLost() {
		AtomicInteger calls = new AtomicInteger();
		CompletableFuture<ScriptedServer> peer = new CompletableFuture<>();
		try (ScriptedServer server = new ScriptedServer(0, (line) -> {
			String id = line.substring(line.indexOf('@') + 1, line.indexOf('\t'));
			if (!line.startsWith("!call")) {
				return ">" + id + "\tException\t\"Error. Command not registered.\"";
			}
			if (calls.incrementAndGet() % 2 == 1) {
				peer.join().cut();
				return null;
			}
			return ">" + id + "\t\t7";
		});
				IrpcClient client = IrpcClient.builder()
					.address("127.0.0.1:" + server.port())
					.reconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(50)))
					.build()) {
			peer.complete(server);
			Repeatable repeatable = client.proxy(Repeatable.class);
			assertThat(repeatable.twice()).isEqualTo(7);
			assertThat(calls).hasValue(2);
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(repeatable::once);
			assertThat(calls).hasValue(3);
		}
	}

	@Test
	void timeoutOfTheMethodGoesBeforeThatOfTheClient() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(words::slowly)
				.withMessageContaining("words.slowly within 50 ms");
		});
	}

	@Test
	void timeoutsThatAreNoneFailWhenTheProxyIsMadeNamingTheMethod() {
		run((client) -> {
			assertThatExceptionOfType(IrpcConfigurationException.class).isThrownBy(() -> client.proxy(NoDuration.class))
				.withMessageContaining("NoDuration.soon()")
				.withMessageContaining("'soon'");
			assertThatExceptionOfType(IrpcConfigurationException.class).isThrownBy(() -> client.proxy(NoTime.class))
				.withMessageContaining("NoTime.never()")
				.satisfies((ex) -> assertThat(ex.action()).contains("5s"));
		});
	}

	@Test
	void errorsAreExceptionsOfTheClientWhateverTheMethodDeclares() {
		run((client) -> assertThatExceptionOfType(RemoteCallException.class)
			.isThrownBy(() -> client.proxy(Words.class).fail()));
	}

	@Test
	void methodsThatAreNotPublishedAreNotCalled() {
		run((client) -> assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> client.proxy(Words.class).local())
			.withMessageContaining("Words.local()"));
	}

	@Test
	void methodsOfObjectsAndDefaultMethodsRunHere() {
		run((client) -> {
			Words words = client.proxy(Words.class);
			assertThat(words.lengthOfBoth("a", "bc")).isEqualTo(3);
			assertThat(words).hasToString("IRPC proxy of " + Words.class.getName()).isEqualTo(words);
			assertThat(words.hashCode()).isEqualTo(System.identityHashCode(words));
		});
	}

	@Test
	void typesOfInheritedMethodsAreThoseOfTheInterface() {
		run((client) -> assertThat(client.proxy(Named.class).echo(new Name("x"))).isEqualTo(new Name("x")));
	}

	private static void run(ThrowingConsumer<IrpcClient> test) {
		ServerRunner.of(Service.class)
			.run((server) -> ServerRunner.of()
				.withPropertyValues("irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port())
				.run((context) -> test.accept(context.getBean(IrpcClient.class))));
	}

	@IrpcService("words")
	interface Words {

		int length(String word);

		@IrpcFunction("length")
		CompletionStage<Integer> lengthAsStage(String word);

		@IrpcFunction("length")
		Future<Integer> lengthAsFuture(String word);

		@IrpcFunction("length")
		Mono<Integer> lengthLater(String word);

		List<String> split(String words);

		@IrpcFunction("split")
		Stream<String> splitAsStream(String words);

		@IrpcFunction("split")
		Flux<String> splitAsFlux(String words);

		@IrpcFunction("split")
		Flow.Publisher<String> splitAsPublisher(String words);

		@IrpcFunction(value = "fail", oneway = true)
		void failUnseen();

		@IrpcFunction(value = "fail", oneway = true)
		CompletableFuture<Void> failUnseenLater();

		@IrpcFunction(value = "fail", oneway = true)
		Mono<Void> failUnseenReactively();

		Optional<String> find(String word);

		@IrpcFunction("find")
		CompletableFuture<Optional<String>> findLater(String word);

		@IrpcFunction(timeout = "50ms")
		void slowly();

		void fail() throws IOException;

		@IrpcFunction(exclude = true)
		void local();

		default int lengthOfBoth(String one, String other) {
			return length(one) + length(other);
		}

		@Override
		String toString();

	}

	@IrpcService("words")
	interface Repeatable {

		@IrpcFunction(idempotent = true)
		int twice();

		int once();

	}

	interface Echo<T> {

		T echo(T value);

	}

	@IrpcService("words")
	interface Named extends Echo<Name> {

	}

	record Name(String value) {

	}

	@IrpcService("words")
	interface NoDuration {

		@IrpcFunction(timeout = "soon")
		void soon();

	}

	@IrpcService("words")
	interface NoTime {

		@IrpcFunction(timeout = "0s")
		void never();

	}

	@IrpcService("words")
	interface NoAnswer {

		@IrpcFunction(oneway = true)
		int length(String word);

	}

	@IrpcService("words")
	static class Service {

		private final CountDownLatch never = new CountDownLatch(1);

		public int length(String word) {
			return word.length();
		}

		public List<String> split(String words) {
			return List.of(words.split(" "));
		}

		public Optional<String> find(String word) {
			return word.equals("none") ? Optional.empty() : Optional.of(word + "!");
		}

		public void slowly() throws InterruptedException {
			this.never.await(1, TimeUnit.SECONDS);
		}

		public void fail() throws IOException {
			throw new IOException("on purpose");
		}

		public Object echo(Object value) {
			return value;
		}

	}

}
