package io.irpc.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.call.CallTimeoutException;
import io.irpc.server.IrpcServer;
import io.irpc.session.IrpcSession;
import io.irpc.support.ScriptedServer;
import io.irpc.support.ServerRunner;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.TlsMaterial;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of clients that are built without an application context.
 */
@Timeout(60)
class IrpcClientBuilderTests {

	private static final String PIN = "sha256:" + "A".repeat(43);

	private static final String OTHER_PIN = "sha256:" + "E".repeat(43);

	private final ApplicationContextRunner server = ServerRunner.of(Service.class);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void aClientNeedsNothingButAnAddress() {
		this.server.run((context) -> {
			try (IrpcClient client = IrpcClient.builder().address("localhost:" + port(context)).build()) {
				assertThat(isEncrypted(client)).isFalse();
			}
		});
	}

	@Test
	void aClientThatIsClosedHasNoThreadsLeft() {
		this.server.run((context) -> {
			Set<Thread> before = threads();
			Set<Thread> own;
			try (IrpcClient client = IrpcClient.builder()
				.address("localhost:" + port(context))
				.platformThreads(1)
				.build()) {
				client.call("isEncrypted").retrieveAsync(Boolean.class).join();
				own = threads();
				own.removeAll(before);
				assertThat(own).isNotEmpty();
			}
			await().untilAsserted(() -> assertThat(threads()).doesNotContainAnyElementsOf(own));
		});
	}

	@Test
	void aClientThatIsClosedLeavesOthersTheirThreads() {
		this.server.run((context) -> {
			String address = "localhost:" + port(context);
			CountDownLatch waiting = new CountDownLatch(2);
			CountDownLatch closed = new CountDownLatch(1);
			try (IrpcClient client = IrpcClient.builder().address(address).platformThreads().build();
					IrpcClient other = IrpcClient.builder().address(address).platformThreads().build()) {
				CompletableFuture<Boolean> interrupted = interruption(client, waiting, new CountDownLatch(1));
				CompletableFuture<Boolean> otherInterrupted = interruption(other, waiting, closed);
				assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
				client.close();
				closed.countDown();
				assertThat(interrupted.join()).isTrue();
				assertThat(otherInterrupted.join()).isFalse();
				assertThat(isEncrypted(other)).isFalse();
			}
		});
	}

	@Test
	void aClientWithThreadsOfItsOwnHasNoMoreThanThose() {
		this.server.run((context) -> {
			AtomicInteger running = new AtomicInteger();
			AtomicInteger most = new AtomicInteger();
			try (IrpcClient client = IrpcClient.builder()
				.address("localhost:" + port(context))
				.platformThreads(2)
				.build()) {
				assertThat(Stream.generate(() -> client.call("isEncrypted"))
					.limit(20)
					.map((call) -> call.retrieveAsync(Boolean.class).thenRun(() -> {
						most.accumulateAndGet(running.incrementAndGet(), Math::max);
						LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
						running.decrementAndGet();
					}))
					.toList()).allSatisfy((done) -> assertThat(done).succeedsWithin(Duration.ofSeconds(10)));
				assertThat(most).hasValue(2);
			}
		});
	}

	private static CompletableFuture<Boolean> interruption(IrpcClient client, CountDownLatch waiting,
			CountDownLatch latch) {
		return client.call("isEncrypted").retrieveAsync(Boolean.class).thenApply((encrypted) -> {
			waiting.countDown();
			try {
				return !latch.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				return true;
			}
		});
	}

	@Test
	void aPinMakesTheConnectionEncrypted() {
		this.server.run((context) -> {
			IrpcServer listening = context.getBean(IrpcServer.class);
			try (IrpcClient client = IrpcClient.builder()
				.address("irpc://localhost:" + listening.port() + "?pin=" + listening.pin())
				.credentialsFile(this.directory.resolve("credentials.json"))
				.build()) {
				assertThat(isEncrypted(client)).isTrue();
			}
		});
	}

	@Test
	void tlsIsPreparedOncePerKey() {
		List<Object> prepared = new CopyOnWriteArrayList<>();
		IrpcClient.builder().tls((pin) -> {
			prepared.add((pin != null) ? pin : "none");
			return ClientTls.of(TlsMaterial.NONE).prepare(pin);
		}).address("a", "b:1", "irpc://c?pin=" + PIN, "unix:/tmp/d.sock").build().close();
		assertThat(prepared).containsExactly("none", new PublicKeyPin(PIN));
	}

	@Test
	void whenTheFirstAddressDoesNotWorkThenTheNextOneIsUsed() {
		this.server.run((context) -> {
			int closed;
			try (ScriptedServer gone = new ScriptedServer(0, (line) -> null)) {
				closed = gone.port();
			}
			try (IrpcClient client = IrpcClient.builder()
				.address("localhost:" + closed, "localhost:" + port(context))
				.build()) {
				assertThat(isEncrypted(client)).isFalse();
			}
		});
	}

	@Test
	void theLastAddressesThatAreSetHold() {
		this.server.run((context) -> {
			try (IrpcClient client = IrpcClient.builder()
				.addresses(List::of)
				.address("localhost:" + port(context))
				.build()) {
				assertThat(isEncrypted(client)).isFalse();
			}
		});
	}

	@Test
	void theMapperConvertsArgumentsAndValues() {
		this.server.run((context) -> {
			JsonMapper mapper = JsonMapper.builder()
				.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
				.build();
			try (IrpcClient client = IrpcClient.builder()
				.address("localhost:" + port(context))
				.jsonMapper(mapper)
				.build()) {
				Map<?, ?> sent = client.call("echo").argument("value", new Station("a")).retrieve(Map.class);
				assertThat(sent).hasToString("{station_name=a}");
			}
		});
	}

	@Test
	void everyListenerIsTold() {
		this.server.run((context) -> {
			List<String> told = new CopyOnWriteArrayList<>();
			try (IrpcClient client = IrpcClient.builder()
				.address("localhost:" + port(context))
				.listener((source, connection) -> told.add("first " + connection.state()))
				.listener((source, connection) -> told.add("second " + connection.state()))
				.build()) {
				client.call("isEncrypted").retrieve(Boolean.class);
				await().untilAsserted(() -> assertThat(told).containsExactly("first CONNECTING", "second CONNECTING",
						"first CONNECTED", "second CONNECTED"));
			}
		});
	}

	@Test
	void whatIsSetHoldsForCalls() {
		try (ScriptedServer silent = new ScriptedServer(0,
				(line) -> line.startsWith("!identify") ? ">" + id(line) + "\t\t{}" : null);
				IrpcClient client = IrpcClient.builder()
					.address("localhost:" + silent.port())
					.timeout(Duration.ofMillis(50))
					.name("tester")
					.build()) {
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(() -> client.call("any").retrieve(Void.class))
				.withMessageContaining("50 ms");
			assertThat(silent.received().peek()).contains("name=\"tester\"");
		}
	}

	@Test
	void aBuilderMayBuildSeveralClients() {
		this.server.run((context) -> {
			IrpcClientBuilder builder = IrpcClient.builder().address("localhost:" + port(context));
			IrpcClient closed = builder.build();
			try (IrpcClient client = builder.build()) {
				closed.close();
				assertThat(isEncrypted(client)).isFalse();
			}
		});
	}

	@Test
	void withoutAnAddressThereIsNoClient() {
		refuses(IrpcClient.builder(), "no address");
		refuses(IrpcClient.builder().address(), "no address");
	}

	@Test
	void credentialsAreNotForOtherMachinesInPlainText() {
		refuses(IrpcClient.builder()
			.address("localhost", "example.org")
			.credentials(Credentials.ofPassword("user", "s3cr3t"))
			.plainText(), "its credentials to example.org:10123 in plain text");
	}

	@Test
	void aPinNeedsTls() {
		refuses(IrpcClient.builder().address("irpc://localhost?pin=" + PIN).plainText(),
				"Plain text contradicts the pin in the address of localhost:10123");
	}

	@Test
	void tlsNeedsAConnectionThatOthersMayRead() {
		refuses(IrpcClient.builder().address("unix:/tmp/a.sock").tls(ClientTls.of(TlsMaterial.NONE)),
				"no TLS over a Unix domain socket");
	}

	@Test
	void aClientEitherLogsInOrIsPaired() {
		refuses(IrpcClient.builder()
			.address("irpc://localhost?pin=" + PIN + "&code=abc")
			.credentials(Credentials.ofToken("s3cr3t")), "a pairing code, and there are credentials");
	}

	@Test
	void aClientIsPairedWithOneServer() {
		refuses(IrpcClient.builder().address("irpc://a?pin=" + PIN + "&code=abc", "irpc://b?pin=" + OTHER_PIN),
				"a client is paired with one");
		refuses(IrpcClient.builder().address("irpc://a?pin=" + PIN + "&code=abc", "b"), "a client is paired with one");
	}

	@Test
	void theIntervalOfPingsHasBounds() {
		refuses(IrpcClient.builder().address("localhost").keepAlive(Duration.ofSeconds(14)), "keepAlive: PT14S");
		refuses(IrpcClient.builder().address("localhost").keepAlive(Duration.ofSeconds(301)), "keepAlive: PT5M1S");
	}

	@Test
	void timesAndNumbersAreAboveZero() {
		refuses(IrpcClient.builder().address("localhost").timeout(Duration.ZERO), "timeout: PT0S");
		refuses(IrpcClient.builder().address("localhost").connectTimeout(Duration.ofSeconds(-1)),
				"connectTimeout: PT-1S");
		assertThatIllegalArgumentException().isThrownBy(() -> IrpcClient.builder().platformThreads(0))
			.withMessage("platformThreads: 0 (expected: > 0)");
	}

	private static void refuses(IrpcClientBuilder builder, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> builder.build().close())
			.withMessageContaining(problem)
			.withMessageContaining("expected: ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cr3t"));
	}

	private static int port(ApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static @Nullable Boolean isEncrypted(IrpcClient client) {
		return client.call("isEncrypted").retrieve(Boolean.class);
	}

	private static String id(String line) {
		return line.substring(line.indexOf('@') + 1, line.indexOf('\t'));
	}

	// other tests may keep clients
	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("irpc-client-"))
			.collect(Collectors.toSet());
	}

	record Station(String stationName) {

	}

	@IrpcService
	static class Service {

		public boolean isEncrypted(IrpcSession session) {
			return session.isEncrypted();
		}

		public Map<String, Object> echo(Map<String, Object> value) {
			return value;
		}

	}

}
