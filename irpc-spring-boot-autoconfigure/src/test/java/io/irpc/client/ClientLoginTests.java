package io.irpc.client;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.irpc.call.ConnectionLostException;
import io.irpc.call.IrpcClientException;
import io.irpc.call.NotConnectedException;
import io.irpc.protocol.ErrorCode;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the login of a client against servers that answer as told.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class ClientLoginTests {

	private static final Credentials SMITH = Credentials.ofPassword("smith", "Pa55word");

	private static final Credentials TOKEN = Credentials.ofToken("t0ken");

	private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

	@Test
	void callsWaitUntilTheLoginIsAccepted() {
		try (ScriptedServer server = server((line) -> null); IrpcClient client = client(server, () -> SMITH)) {
			CompletableFuture<@Nullable Integer> answer = client.call("f").retrieveAsync(Integer.class);
			await().until(() -> logins(server) == 1);
			assertThat(client.state()).isEqualTo(ConnectionState.CONNECTING);
			assertThat(server.received()).hasSize(2).first().asString().startsWith("!identify");
			assertThat(server.received()).element(1)
				.asString()
				.contains("fn:login\tusername=\"smith\"\tpassword=\"Pa55word\"");
			server.send(">1\t\ttrue");
			assertThat(answer.join()).isEqualTo(1);
			assertThat(this.states).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED);
		}
	}

	@Test
	void refusedCredentialsAreToldAndNotRepeated(CapturedOutput output) {
		try (ScriptedServer server = server((line) -> answer(line, "false"));
				IrpcClient client = client(server, () -> SMITH)) {
			for (int i = 0; i < 3; i++) {
				assertRefused(client, "The server refuses the password of user 'smith'");
			}
			await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED));
			for (int i = 0; i < 20; i++) {
				assertRefused(client, "The server refuses the password of user 'smith'");
			}
			assertThat(logins(server)).isEqualTo(1);
			assertThat(this.states).containsExactly(ConnectionState.CONNECTING, ConnectionState.DISCONNECTED);
			// clients of other tests may still tell of theirs
			assertThat(output.toString()
				.lines()
				.filter((line) -> line.contains("ERROR") && line.contains(":" + server.port()))).singleElement()
				.asString()
				.contains("smith");
			assertThat(output).doesNotContain("Pa55word");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"The current user cannot execute this call!\"",
			"{\"code\":\"unauthenticated\",\"message\":\"no\"}", "{\"code\":\"permission_denied\",\"message\":\"no\"}",
			"{\"code\":\"invalid_argument\",\"message\":\"no\"}" })
	void refusalsByAnErrorAreNotRepeatedEither(String error) {
		try (ScriptedServer server = server((line) -> ">" + id(line) + "\tException\t" + error);
				IrpcClient client = client(server, () -> SMITH)) {
			for (int i = 0; i < 20; i++) {
				assertRefused(client, "The server refuses the password of user 'smith': ");
			}
			assertThat(logins(server)).isEqualTo(1);
		}
	}

	@Test
	void otherCredentialsAreTriedAtTheNextCall() {
		AtomicReference<Credentials> current = new AtomicReference<>(SMITH);
		try (ScriptedServer server = server((line) -> answer(line, line.contains("t0ken") ? "true" : "false"));
				IrpcClient client = client(server, current::get)) {
			assertRefused(client, "smith");
			current.set(TOKEN);
			await().ignoreException(NotConnectedException.class)
				.until(() -> Integer.valueOf(1).equals(client.call("f").retrieve(Integer.class)));
			assertThat(logins(server)).isEqualTo(2);
			assertThat(server.received()).anyMatch((line) -> line.contains("fn:login\ttoken=\"t0ken\""));
		}
	}

	@Test
	void credentialsThatAreRenewedWhenRefusedAreTriedWithoutAnotherCall() {
		AtomicReference<Credentials> current = new AtomicReference<>(SMITH);
		ClientCredentials renewing = new ClientCredentials() {

			@Override
			public @Nullable Credentials get() {
				return current.get();
			}

			@Override
			public void refused(Credentials credentials) {
				assertThat(credentials).isEqualTo(SMITH);
				current.set(TOKEN);
			}

		};
		try (ScriptedServer server = server((line) -> answer(line, line.contains("t0ken") ? "true" : "false"));
				IrpcClient client = client(server, renewing)) {
			client.connect();
			await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED));
		}
	}

	@Test
	void credentialsAreAskedForAgainForEachConnection() {
		AtomicInteger asked = new AtomicInteger();
		try (ScriptedServer server = server((line) -> answer(line, "true"));
				IrpcClient client = client(server, () -> Credentials.ofToken("t" + asked.incrementAndGet()))) {
			client.connect();
			await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED));
			server.cut();
			await().until(() -> server.received().stream().anyMatch((line) -> line.contains("token=\"t2\"")));
		}
	}

	@Test
	void afterAReconnectionTheLoginComesBeforeTheSubscriptions() {
		Queue<String> lines = new ConcurrentLinkedQueue<>();
		try (ScriptedServer server = server((line) -> answer(line, "true"));
				IrpcClient client = client(server, () -> SMITH)) {
			client.listen("alarm", String.class, (event) -> {
			}).whenActive().join();
			server.received().clear();
			server.cut();
			await().until(() -> server.received().stream().anyMatch((line) -> line.startsWith("!monitor")));
			server.received().drainTo(lines);
			assertThat(lines).extracting((line) -> line.substring(0, 5)).containsExactly("!iden", "!call", "!moni");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"code\":\"unavailable\",\"message\":\"Shutting down\"}",
			"{\"code\":\"resource_exhausted\",\"message\":\"Too many logins wait\"}" })
	void loginsThatCannotBeCheckedNowAreRepeated(String error) {
		AtomicInteger attempts = new AtomicInteger();
		try (ScriptedServer server = server((line) -> (attempts.incrementAndGet() < 3)
				? ">" + id(line) + "\tException\t" + error : answer(line, "true"));
				IrpcClient client = client(server, () -> SMITH)) {
			client.connect();
			await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED));
			assertThat(attempts).hasValue(3);
		}
	}

	@Test
	void connectionsLostDuringTheLoginAreMadeAgain() {
		AtomicInteger attempts = new AtomicInteger();
		CompletableFuture<ScriptedServer> self = new CompletableFuture<>();
		try (ScriptedServer server = server((line) -> {
			if (attempts.incrementAndGet() < 3) {
				self.join().cut();
				return null;
			}
			return answer(line, "true");
		}); IrpcClient client = client(server, () -> SMITH)) {
			self.complete(server);
			client.connect();
			await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED));
			assertThat(attempts).hasValue(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"login is not a registered function!\"",
			"{\"code\":\"unknown_function\",\"message\":\"login is not a registered function!\"}" })
	void serversWithoutLoginsAreUsedAndAWarningSaysSoOnce(String error, CapturedOutput output) {
		try (ScriptedServer server = server((line) -> ">" + id(line) + "\tException\t" + error);
				IrpcClient client = client(server, () -> SMITH)) {
			assertThat(client.call("f").retrieve(Integer.class)).isEqualTo(1);
			server.cut();
			await().ignoreException(IrpcClientException.class)
				.until(() -> logins(server) == 2 && client.call("f").retrieve(Integer.class) != null);
			assertThat(output.toString().lines().filter((line) -> line.contains("knows no logins"))).hasSize(1);
		}
	}

	@Test
	void credentialsThatCannotBeSuppliedAreAskedForAgain() {
		AtomicInteger asked = new AtomicInteger();
		try (ScriptedServer server = server((line) -> answer(line, "true")); IrpcClient client = client(server, () -> {
			if (asked.incrementAndGet() < 3) {
				throw new IllegalStateException("no tokens today");
			}
			return TOKEN;
		})) {
			assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> client.call("f").retrieve(Integer.class))
				.withMessageContaining("no tokens today")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
			await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED));
		}
	}

	@Test
	void whatTheServerSaysBeforeItClosesIsToldSafely(CapturedOutput output) {
		CompletableFuture<ScriptedServer> self = new CompletableFuture<>();
		try (ScriptedServer server = new ScriptedServer(0, (line) -> {
			if (line.contains("fn:f")) {
				self.join().send(">\tException\t{\"code\":\"unauthenticated\",\"message\":\"Not valid \\u001b[2J\"}");
				self.join().cut();
			}
			return answer(line, line.startsWith("!identify") ? "{}" : "true");
		}); IrpcClient client = client(server, () -> SMITH)) {
			self.complete(server);
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> client.call("f").retrieve(Integer.class))
				.withMessageContaining("which said: Not valid \\u001b[2J");
			await().untilAsserted(() -> assertThat(output).contains("which said: Not valid \\u001b[2J"));
		}
	}

	@Test
	void secretsAreInNoText() {
		assertThat(SMITH).asString().isEqualTo("the password of user 'smith'");
		assertThat(TOKEN).asString().isEqualTo("the token");
		assertThat(new PairingCode("c0de", (token) -> {
		})).asString().doesNotContain("c0de");
	}

	private IrpcClient client(ScriptedServer server, ClientCredentials credentials) {
		return TestClients.of(server.port(), null, credentials, this.states);
	}

	private static ScriptedServer server(Function<String, @Nullable String> logins) {
		return new ScriptedServer(0, (line) -> {
			if (line.startsWith("!identify")) {
				return answer(line, "{\"maxMessage\":1000}");
			}
			return line.contains("fn:login") ? logins.apply(line) : answer(line, "1");
		});
	}

	private static long logins(ScriptedServer server) {
		return server.received().stream().filter((line) -> line.contains("fn:login")).count();
	}

	private static String answer(String line, String value) {
		return ">" + id(line) + "\t\t" + value;
	}

	private static String id(String line) {
		return line.substring(line.indexOf('@') + 1, line.indexOf('\t'));
	}

	private static void assertRefused(IrpcClient client, String message) {
		assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> client.call("f").retrieve(Integer.class))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
			.satisfies((ex) -> assertThat(ex).asString().doesNotContain("Pa55word"));
	}

}
