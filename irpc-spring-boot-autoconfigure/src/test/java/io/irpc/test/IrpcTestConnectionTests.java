package io.irpc.test;

import java.util.concurrent.TimeUnit;

import io.irpc.support.ScriptedServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IrpcTestConnection}.
 */
class IrpcTestConnectionTests {

	@Test
	void pingsAreAnsweredAndNotShown() throws InterruptedException {
		try (ScriptedServer server = new ScriptedServer(0, (line) -> line.equals("hello") ? "!ping@s7" : null);
				IrpcTestClient client = IrpcTestClient.to(server.port());
				IrpcTestConnection connection = client.connect()) {
			connection.send("hello");
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).isEqualTo(">s7\t\tnull");
			server.send(">\t\t1");
			assertThat(connection.read()).isEqualTo(">\t\t1");
		}
	}

	@Test
	void whenServerDoesNotListenThenThatIsTold() {
		int port;
		try (ScriptedServer server = new ScriptedServer(0, (line) -> null)) {
			port = server.port();
		}
		try (IrpcTestClient client = IrpcTestClient.to(port)) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(client::connect)
				.withMessageContaining("Cannot connect to")
				.withMessageContaining(":" + port);
		}
	}

}
