package io.irpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.irpc.call.CallTimeoutException;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The ids of calls in flight, and how long they are waited for.
 */
class CallIdTests {

	@Test
	void whenSixtyFourCallsAreInFlightThenOneCharacterIsEnoughForEach() throws Exception {
		try (ScriptedServer server = new ScriptedServer(0, CallIdTests::silent);
				IrpcClient client = TestClients.of(server.port())) {
			client.connect().join();
			List<CompletableFuture<@Nullable Integer>> calls = new ArrayList<>();
			for (int i = 0; i < 70; i++) {
				calls.add(client.call("hold").argument(i).retrieveAsync(Integer.class));
			}
			List<String> ids = new ArrayList<>();
			for (int i = 0; i < 70; i++) {
				ids.add(nextCall(server));
			}
			assertThat(new HashSet<>(ids)).hasSize(70).allMatch((id) -> id.matches("[A-Za-z0-9_-]{1,2}"));
			assertThat(ids).filteredOn((id) -> id.length() == 1).hasSize(64);
			for (int i = 0; i < 70; i++) {
				server.send(">" + ids.get(i) + "\t\t" + i);
			}
			for (int i = 0; i < 70; i++) {
				assertThat(calls.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i);
			}
			client.call("hold").retrieveAsync(Integer.class);
			assertThat(nextCall(server)).isIn(ids);
		}
	}

	@Test
	void whenCallsWaitForAConnectionThenTheyAreSentInTheirOrder() throws Exception {
		ScriptedServer gone = new ScriptedServer(0, CallIdTests::silent);
		gone.close();
		try (IrpcClient client = IrpcClient.builder()
			.address("127.0.0.1:" + gone.port())
			.whileDisconnected(WhileDisconnected.WAIT)
			.reconnect(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(20)))
			.build()) {
			for (int i = 0; i < 20; i++) {
				client.call("hold").argument(i).retrieveAsync(Integer.class);
			}
			try (ScriptedServer server = new ScriptedServer(gone.port(), CallIdTests::silent)) {
				client.connect().join();
				for (int i = 20; i < 40; i++) {
					client.call("hold").argument(i).retrieveAsync(Integer.class);
				}
				for (int i = 0; i < 40; i++) {
					assertThat(nextCallLine(server)).endsWith("\t=" + i);
				}
			}
		}
	}

	@Test
	void whenALaterCallHasLessTimeThenItEndsFirst() throws Exception {
		try (ScriptedServer server = new ScriptedServer(0, CallIdTests::silent);
				IrpcClient client = TestClients.of(server.port())) {
			CompletableFuture<@Nullable Integer> patient = client.call("hold")
				.timeout(Duration.ofSeconds(60))
				.retrieveAsync(Integer.class);
			String id = nextCall(server);
			CompletableFuture<@Nullable Integer> hasty = client.call("hold")
				.timeout(Duration.ofMillis(200))
				.retrieveAsync(Integer.class);
			CompletableFuture<@Nullable Integer> next = client.call("hold")
				.timeout(Duration.ofMillis(400))
				.retrieveAsync(Integer.class);
			assertTimeout(hasty);
			assertTimeout(next);
			assertThat(patient).isNotDone();
			server.send(">" + id + "\t\t1");
			assertThat(patient.get(10, TimeUnit.SECONDS)).isEqualTo(1);
		}
	}

	private static void assertTimeout(CompletableFuture<?> call) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(CallTimeoutException.class);
	}

	private static String nextCall(ScriptedServer server) throws InterruptedException {
		String line = nextCallLine(server);
		return line.substring("!call@".length(), line.indexOf('\t'));
	}

	private static String nextCallLine(ScriptedServer server) throws InterruptedException {
		String line = server.received().poll(10, TimeUnit.SECONDS);
		while (line != null && !line.startsWith("!call@")) {
			line = server.received().poll(10, TimeUnit.SECONDS);
		}
		assertThat(line).isNotNull();
		return line;
	}

	private static @Nullable String silent(String line) {
		return line.startsWith("!identify@")
				? ">" + line.substring(10, line.indexOf('\t')) + "\tException\t\"Error. identify not registered.\""
				: null;
	}

}
