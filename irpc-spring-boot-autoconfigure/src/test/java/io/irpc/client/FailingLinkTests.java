package io.irpc.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

import io.irpc.call.NotConnectedException;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of clients whose links fail.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailingLinkTests {

	private final ScriptedServer first = server(0, "first");

	private final ScriptedServer second = server(0, "second");

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void whenRoundRobinThenEachConnectionGoesToTheNextAddress() {
		try (IrpcClient client = builder(this.first.port(), this.second.port()).order(AddressOrder.ROUND_ROBIN)
			.build()) {
			boolean firstIsFirst = "first".equals(name(client));
			for (int i = 0; i < 2; i++) {
				ScriptedServer left = (firstIsFirst == (i == 0)) ? this.first : this.second;
				ScriptedServer next = (left == this.first) ? this.second : this.first;
				left.cut();
				await().until(() -> connectedTo(client, next.port()));
			}
		}
	}

	@Test
	void whenCallsDoNotWaitThenTheyFailBetweenAttempts() {
		this.first.close();
		try (IrpcClient client = builder(this.first.port())
			.reconnect(new ReconnectPolicy(Duration.ofMinutes(5), Duration.ofMinutes(5)))
			.build()) {
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client));
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> name(client))
				.withMessageContaining("127.0.0.1:" + this.first.port());
		}
	}

	@Test
	void whenConnectionIsMadeAgainThenTheClientLogsInIdentifiesAndListensAgain() {
		try (IrpcClient client = builder(this.first.port()).credentials(Credentials.ofPassword("smith", "secret"))
			.build()) {
			client.listen("changed", Object.class, (event) -> {
			});
			assertThat(name(client)).isEqualTo("first");
			await().until(() -> received("monitor") >= 1);
			long monitors = received("monitor");
			this.first.cut();
			await().until(() -> received("fn:login") == 2 && received("!identify") == 2
					&& received("monitor") == 2 * monitors);
		}
	}

	private long received(String part) {
		return this.first.received().stream().filter((line) -> line.contains(part)).count();
	}

	private static boolean connectedTo(IrpcClient client, int port) {
		return client.state() == ConnectionState.CONNECTED
				&& client.connection().address() instanceof InetSocketAddress address && address.getPort() == port;
	}

	private static @Nullable String name(IrpcClient client) {
		return client.call("name").retrieve(String.class);
	}

	private static IrpcClientBuilder builder(int... ports) {
		return IrpcClient.builder()
			.address(Arrays.stream(ports)
				.mapToObj((port) -> InetAddress.getLoopbackAddress().getHostAddress() + ":" + port)
				.toArray(String[]::new))
			.timeout(Duration.ofSeconds(20))
			.reconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(50)));
	}

	private static ScriptedServer server(int port, String name) {
		return new ScriptedServer(port, (line) -> {
			if (!line.startsWith("!")) {
				return null;
			}
			return answer(line, line.startsWith("!identify") ? "{\"version\":\"1.1\",\"features\":[]}"
					: line.contains("fn:name") ? "\"" + name + "\"" : "true");
		});
	}

	private static String answer(String line, String value) {
		return ">" + line.split("[@\t]")[1] + "\t\t" + value;
	}

}
