package io.irpc.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.ScriptedServer;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of servers that send their clients away.
 */
@Timeout(60)
class GoAwayTests {

	private static final int THREADS = 4;

	private static final int CALLS_OF_EACH = 50;

	private final ConfigurableApplicationContext first = startServer();

	private final ConfigurableApplicationContext second = startServer();

	@BeforeEach
	void reset() {
		Counter.counted.clear();
	}

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void whenServerIsClosedAmidCallsThenEachRunsOnceAndNoneFails() {
		try (IrpcClient client = client(port(this.first), port(this.second)).build()) {
			client.connect().join();
			List<CompletableFuture<Void>> callers = IntStream.range(0, THREADS)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> callOften(client, thread), GoAwayTests::start))
				.toList();
			await().until(() -> Counter.counted.size() > THREADS * CALLS_OF_EACH / 10);
			this.first.close();
			callers.forEach(CompletableFuture::join);
			assertThat(Counter.counted).containsExactlyInAnyOrderElementsOf(numbers());
			assertThat(client.connection().address()).hasToString("/127.0.0.1:" + port(this.second));
		}
	}

	@Test
	void whenSeveralPeersAreSentAwayThenTheyAreToldDifferentTimes() {
		List<RawClient> peers = IntStream.range(0, 20).mapToObj((i) -> identified("\"goaway\"")).toList();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.first::close, GoAwayTests::start);
		List<String> lines = peers.stream().map((peer) -> String.valueOf(peer.read())).toList();
		peers.forEach(RawClient::close);
		closed.join();
		assertThat(lines).allMatch((line) -> line.matches("!goaway@\\w+\treason:shutdown\tretry:\\d+"));
		assertThat(Set.copyOf(lines.stream().map((line) -> line.substring(line.lastIndexOf(':'))).toList()))
			.hasSizeGreaterThan(1);
	}

	@Test
	void whenPeerDoesNotKnowGoawayThenItIsSimplyClosed() {
		try (RawClient peer = identified("")) {
			this.first.close();
			assertThat(Stream.generate(peer::read).takeWhile(Objects::nonNull).map(String::valueOf))
				.noneMatch((line) -> line.startsWith("!goaway"));
		}
	}

	@Test
	void whenServerGoesAwayThenTheClientConnectsAgainWithoutBeingDisconnected() {
		List<ConnectionState> states = new CopyOnWriteArrayList<>();
		AtomicInteger connections = new AtomicInteger();
		try (ScriptedServer server = new ScriptedServer(0, (line) -> {
			if (line.startsWith("!identify")) {
				connections.incrementAndGet();
				return answer(line, "{\"version\":\"1.1\",\"features\":[\"goaway\"]}");
			}
			return line.startsWith("!") ? answer(line, "true") : null;
		});
				IrpcClient client = client(server.port()).listener((told, connection) -> states.add(connection.state()))
					.build()) {
			client.connect().join();
			server.send("!goaway@s1\treason:shutdown\tretry:1");
			await().until(() -> connections.get() == 2 && client.state() == ConnectionState.CONNECTED);
			await().untilAsserted(() -> assertThat(states).containsExactly(ConnectionState.CONNECTING,
					ConnectionState.CONNECTED, ConnectionState.CONNECTING, ConnectionState.CONNECTED));
			assertThat(server.received()).anyMatch((line) -> line.startsWith(">s1\t"));
		}
	}

	private static void callOften(IrpcClient client, int thread) {
		IntStream.range(0, CALLS_OF_EACH).forEach((i) -> {
			int number = thread * CALLS_OF_EACH + i;
			assertThat(client.call("counter.count").argument("number", number).retrieve(Integer.class))
				.isEqualTo(number);
		});
	}

	private static List<Integer> numbers() {
		return IntStream.range(0, THREADS * CALLS_OF_EACH).boxed().toList();
	}

	private RawClient identified(String features) {
		RawClient peer = new RawClient(port(this.first));
		assertThat(peer.ask("!identify@0\tname=\"peer\"\tversion=\"1.1\"\tfeatures=[" + features + "]"))
			.startsWith(">0\t\t{");
		return peer;
	}

	private static String answer(String line, String value) {
		return ">" + line.split("[@\t]")[1] + "\t\t" + value;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "caller");
		thread.setDaemon(true);
		thread.start();
	}

	private static IrpcClientBuilder client(int... ports) {
		return IrpcClient.builder()
			.address(IntStream.of(ports).mapToObj((port) -> "127.0.0.1:" + port).toArray(String[]::new))
			.timeout(Duration.ofSeconds(20))
			.reconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(50)));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static ConfigurableApplicationContext startServer() {
		return new SpringApplicationBuilder(ServerApplication.class).web(WebApplicationType.NONE)
			.properties("irpc.server.port=0", WithoutSecurity.PROPERTY, "spring.main.banner-mode=off",
					"spring.main.register-shutdown-hook=false")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Counter.class)
	static class ServerApplication {

	}

	@IrpcService("counter")
	static class Counter {

		static final Collection<Integer> counted = new ConcurrentLinkedQueue<>();

		public int count(int number) throws InterruptedException {
			counted.add(number);
			// long enough for the server to be closed meanwhile
			Thread.sleep(5);
			return number;
		}

	}

}
