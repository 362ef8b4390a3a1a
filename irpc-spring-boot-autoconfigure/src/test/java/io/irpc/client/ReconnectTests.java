package io.irpc.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.irpc.call.NotConnectedException;
import io.irpc.protocol.ErrorCode;
import io.irpc.support.ScriptedServer;
import io.irpc.test.BadLink;
import io.irpc.transport.ConnectionOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of how a client gets a connection, and what it does without one.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ReconnectTests {

	private static final Credentials SMITH = Credentials.ofPassword("smith", "Pa55word");

	private final ScriptedServer first = server("first", (line) -> answer(line, "true"));

	private final ScriptedServer second = server("second", (line) -> answer(line, "true"));

	private final List<ConnectionInfo> changes = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void theFirstAddressThatWorksIsUsedAndTheFirstOneAgainWhenItIsBack() {
		int port = this.first.port();
		this.first.close();
		try (IrpcClient client = builder(port, this.second.port()).build()) {
			assertThat(name(client)).isEqualTo("second");
			try (ScriptedServer back = server(port, "back", (line) -> answer(line, "true"))) {
				this.second.cut();
				await().ignoreExceptions().untilAsserted(() -> assertThat(name(client)).isEqualTo("back"));
			}
		}
	}

	@Test
	void theFailureNamesEachAddressAndWhyItDoesNotWork(CapturedOutput output) {
		this.first.close();
		try (ScriptedServer silent = new ScriptedServer(0, (line) -> null);
				IrpcClient client = builder(this.first.port(), silent.port())
					.address("nosuch.invalid:7", "127.0.0.1:" + this.first.port(), "127.0.0.1:" + silent.port())
					.connectTimeout(Duration.ofMillis(100))
					.build()) {
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client))
				.withMessageContaining("Cannot connect to nosuch.invalid:7: unknown host")
				.withMessageContaining("Cannot connect to 127.0.0.1:" + this.first.port() + ": Connection refused")
				.withMessageContaining(
						"Cannot connect to 127.0.0.1:" + silent.port() + ": no answer to identify within 100 ms")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
			await().until(() -> client.connection().failures() > 3);
			assertThat(output.toString().lines().filter((line) -> line.contains("nosuch.invalid"))).singleElement()
				.asString()
				.endsWith("Trying again until it succeeds");
		}
	}

	@Test
	void aServerIsNotUsedBeforeItHasAnsweredIdentifyThoughTheLoginIsAnswered() {
		CompletableFuture<String> identify = new CompletableFuture<>();
		try (ScriptedServer server = new ScriptedServer(0, (line) -> {
			if (line.startsWith("!identify")) {
				identify.complete(line);
				return null;
			}
			return answer(line, "true");
		}); IrpcClient client = builder(server.port()).credentials(SMITH).build()) {
			CompletableFuture<@Nullable Boolean> call = client.call("f").retrieveAsync(Boolean.class);
			await().until(() -> server.received().stream().anyMatch((line) -> line.contains("fn:login")));
			assertThat(client.state()).isEqualTo(ConnectionState.CONNECTING);
			assertThat(server.received()).noneMatch((line) -> line.contains("fn:f"));
			server.send(">" + id(identify.join()) + "\tException\t\"Error. identify not registered.\"");
			assertThat(call.join()).isTrue();
		}
	}

	@Test
	void credentialsThatOneAddressRefusesAreNotShownToAnother() {
		try (ScriptedServer strict = server("strict", (line) -> answer(line, "false"));
				IrpcClient client = builder(strict.port(), this.second.port()).credentials(SMITH)
					.whileDisconnected(WhileDisconnected.WAIT)
					.build()) {
			for (int i = 0; i < 10; i++) {
				assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client))
					.withMessageContaining("Cannot log in to 127.0.0.1:" + strict.port())
					.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
			}
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> client.connect().join())
				.withCauseInstanceOf(NotConnectedException.class);
			assertThat(strict.received().stream().filter((line) -> line.contains("fn:login"))).hasSize(1);
			assertThat(this.second.received()).isEmpty();
		}
	}

	@Test
	void addressesAreAskedForBeforeEachAttemptAndMayFail() {
		AtomicInteger asked = new AtomicInteger();
		try (IrpcClient client = builder().address(() -> {
			if (asked.incrementAndGet() < 3) {
				throw new IllegalStateException("the register is down");
			}
			assertThat(Thread.currentThread().getName()).doesNotContain("-io");
			return List.of("127.0.0.1:" + this.first.port());
		}).build()) {
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client))
				.withMessageContaining("Cannot find the server: the register is down");
			client.connect().join();
			assertThat(asked).hasValue(3);
			this.first.cut();
			await().untilAsserted(() -> assertThat(asked).hasValue(4));
		}
	}

	@Test
	void whoeverKnowsTheAddressesIsNotWaitedForForever() {
		CountDownLatch known = new CountDownLatch(1);
		try (IrpcClient client = builder().connectTimeout(Duration.ofMillis(200)).address(() -> {
			assertThat(known).satisfies(CountDownLatch::await);
			return List.of("127.0.0.1:" + this.first.port());
		}).build()) {
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client))
				.withMessage("Call of name was not sent: Cannot find the server: no answer within 200 ms");
			known.countDown();
			client.connect().join();
		}
	}

	@Test
	void oneWayThroughAllAddressesCountsAsOneFailure() {
		this.first.close();
		this.second.close();
		try (IrpcClient client = builder(this.first.port(), this.second.port())
			.reconnect(new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1)))
			.build()) {
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client));
			assertThat(client.connection().failures()).isEqualTo(1);
		}
	}

	@Test
	void whereCallsWaitTheyAreSentOnTheNextConnection() {
		int port = this.first.port();
		this.first.close();
		try (IrpcClient client = builder(port).whileDisconnected(WhileDisconnected.WAIT).build()) {
			CompletableFuture<@Nullable String> call = client.call("name").retrieveAsync(String.class);
			await().until(() -> client.connection().failures() > 1);
			assertThat(call).isNotDone();
			try (ScriptedServer back = server(port, "back", (line) -> answer(line, "true"))) {
				assertThat(call.join()).isEqualTo("back");
			}
		}
	}

	@Test
	void aCallWhoseTimeEndsBeforeThereIsAConnectionTellsThatItWasNotSent() {
		this.first.close();
		try (IrpcClient client = builder(this.first.port()).whileDisconnected(WhileDisconnected.WAIT)
			.timeout(Duration.ofMillis(50))
			.build()) {
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client))
				.withMessage("Call of name was not sent: there was no connection within 50 ms");
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> client.call("name").retrieveAsync(String.class).join())
				.withCauseInstanceOf(NotConnectedException.class);
		}
	}

	@Test
	void closingFailsCallsThatWait() {
		this.first.close();
		IrpcClient client = builder(this.first.port()).whileDisconnected(WhileDisconnected.WAIT).build();
		CompletableFuture<@Nullable String> call = client.call("name").retrieveAsync(String.class);
		client.close();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(call::join)
			.withCauseInstanceOf(NotConnectedException.class)
			.withMessageContaining("The client is closed");
	}

	@Test
	void whatIsSentBeforeTheClientIsClosedArrives() {
		for (int i = 0; i < 50; i++) {
			IrpcClient client = builder(this.first.port()).build();
			EventSubscription subscription = client.listen("alarm" + i, String.class, (event) -> {
			});
			subscription.whenActive().join();
			client.close();
		}
		await().untilAsserted(
				() -> assertThat(this.first.received().stream().filter((line) -> line.contains("action=\"disable\"")))
					.hasSize(50));
	}

	@Test
	void changesOfTheStateTellTheAddressAndTheLastFailure() {
		try (IrpcClient client = builder(this.first.port()).build()) {
			client.connect().join();
			assertThat(client.connection().address()).isEqualTo(new InetSocketAddress("127.0.0.1", this.first.port()));
			assertThat(client.connection().lastFailure()).isNull();
			this.first.cut();
			await().until(() -> this.changes.size() >= 5);
			assertThat(this.changes).extracting(ConnectionInfo::state)
				.startsWith(ConnectionState.CONNECTING, ConnectionState.CONNECTED, ConnectionState.DISCONNECTED,
						ConnectionState.CONNECTING, ConnectionState.CONNECTED);
			ConnectionInfo lost = this.changes.get(2);
			assertThat(lost.failures()).isEqualTo(1);
			assertThat(lost.address()).isEqualTo(new InetSocketAddress("127.0.0.1", this.first.port()));
			assertThat(lost.lastFailure()).isNotNull()
				.hasMessage("Connection to 127.0.0.1:" + this.first.port() + " lost: closed by the peer");
			assertThat(this.changes.get(4).failures()).isZero();
			assertThat(this.changes.get(4).lastFailure()).as("is kept").isSameAs(lost.lastFailure());
		}
	}

	@Test
	void aLinkThatIsSilentlyDeadIsFoundByPingsAndMadeAnew() {
		ConnectionOptions defaults = ConnectionOptions.DEFAULTS;
		ConnectionOptions options = new ConnectionOptions(defaults.maxMessageLength(), defaults.maxParameters(),
				defaults.lineTimeout(), Duration.ofMillis(100), Duration.ofMillis(300), defaults.highWaterMark(),
				defaults.lowWaterMark(), defaults.slowPeerTimeout());
		try (BadLink link = BadLink.to(this.first.port());
				IrpcClient client = builder(link.port()).connection(options)
					.connectTimeout(Duration.ofMillis(200))
					.build()) {
			assertThat(name(client)).isEqualTo("first");
			link.freeze();
			await().untilAsserted(() -> assertThat(this.changes).extracting(ConnectionInfo::lastFailure)
				.anySatisfy((failure) -> assertThat(failure).isNotNull()
					.hasMessageEndingWith("lost: nothing received for PT0.3S")));
			assertThat(this.first.received()).noneMatch((line) -> line.startsWith("!ping"));
			link.heal();
			await().ignoreExceptions().untilAsserted(() -> assertThat(name(client)).isEqualTo("first"));
		}
	}

	private IrpcClientBuilder builder(int... ports) {
		String[] texts = new String[ports.length];
		for (int i = 0; i < ports.length; i++) {
			texts[i] = "127.0.0.1:" + ports[i];
		}
		return TestClients.builder().address(texts).listener((client, connection) -> this.changes.add(connection));
	}

	private static @Nullable String name(IrpcClient client) {
		return client.call("name").retrieve(String.class);
	}

	private static ScriptedServer server(String name, Function<String, @Nullable String> logins) {
		return server(0, name, logins);
	}

	private static ScriptedServer server(int port, String name, Function<String, @Nullable String> logins) {
		return new ScriptedServer(port, (line) -> {
			if (line.startsWith("!identify")) {
				return answer(line, "{}");
			}
			return line.contains("fn:login") ? logins.apply(line) : answer(line, "\"" + name + "\"");
		});
	}

	private static String answer(String line, String value) {
		return ">" + id(line) + "\t\t" + value;
	}

	private static String id(String line) {
		int tab = line.indexOf('\t');
		return line.substring(line.indexOf('@') + 1, (tab < 0) ? line.length() : tab);
	}

}
