package io.irpc.client;

import java.time.Instant;

import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of since when a client is connected.
 */
@Timeout(60)
class ConnectedSinceTests {

	@Test
	void itIsKnownAsLongAsThereIsAConnection() {
		ServerRunner.of().run((context) -> {
			IrpcServer server = context.getBean(IrpcServer.class);
			try (IrpcClient client = IrpcClient.builder().address("127.0.0.1:" + server.port()).build()) {
				assertThat(client.connection().connectedSince()).isNull();
				Instant before = Instant.now();
				client.connect().join();
				Instant since = client.connection().connectedSince();
				assertThat(since).isBetween(before, Instant.now());
				assertThat(client.connection().connectedSince()).isEqualTo(since);
				server.stop();
				await().until(() -> client.state() != ConnectionState.CONNECTED);
				assertThat(client.connection().connectedSince()).isNull();
			}
		});
	}

}
