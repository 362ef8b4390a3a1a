package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.protocol.Command;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when a client comes again that was sent away.
 */
@Timeout(60)
class RetryAdviceTests {

	@ParameterizedTest
	@CsvSource({ "1500, 1500", "0, 0", "300000, 300000", "300001, 1000", "-1, 1000", "soon, 1000", ", 1000" })
	void whenServerGoesAwayThenItsAdviceIsFollowedWithinReason(@Nullable String retry, long expected) {
		Command goaway = new Command("goaway", null, (retry != null) ? Map.of("retry", retry) : Map.of(), List.of());
		assertThat(RetryAdvice.of(goaway)).isEqualTo(Duration.ofMillis(expected));
	}

	@Test
	void whenServerHasTooManySessionsThenTheClientWaitsAsLongAsItSays() throws InterruptedException {
		BlockingQueue<Long> times = new LinkedBlockingQueue<>();
		try (ScriptedServer server = new ScriptedServer(0, (line) -> {
			times.add(System.nanoTime());
			return refusal("300");
		}); IrpcClient client = client(server)) {
			client.connect();
			assertThat(-times.take() + times.take()).isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
			assertThat(client.connection().lastFailure())
				.hasMessage("Cannot connect to 127.0.0.1:" + server.port() + ": Too many sessions");
		}
	}

	@ParameterizedTest
	@CsvSource({ "-1", "300001", "true", "null" })
	void whenTheAdviceIsOfNoUseThenTheClientComesAsEver(String retry) throws InterruptedException {
		try (ScriptedServer server = new ScriptedServer(0, (line) -> refusal(retry));
				IrpcClient client = client(server)) {
			client.connect();
			server.received().take();
			assertThat(server.received().take()).startsWith("!identify@");
		}
	}

	@Test
	void whenPeerHasAnotherErrorForIdentifyThenItIsABasePeer() {
		String error = "Exception\t{\"code\":\"unknown_command\",\"message\":\"what?\"}";
		try (ScriptedServer server = new ScriptedServer(0,
				(line) -> line.startsWith("!identify") ? ">0\t" + error : ">0\t\t7");
				IrpcClient client = client(server)) {
			assertThat(client.call("seven").retrieve(Integer.class)).isEqualTo(7);
		}
	}

	private static String refusal(String retry) {
		return ">0\tException\t{\"code\":\"unavailable\",\"message\":\"Too many sessions\",\"details\":{\"retry\":"
				+ retry + "}}";
	}

	private static IrpcClient client(ScriptedServer server) {
		return IrpcClient.builder()
			.address("127.0.0.1:" + server.port())
			.reconnect(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(5)))
			.build();
	}

}
