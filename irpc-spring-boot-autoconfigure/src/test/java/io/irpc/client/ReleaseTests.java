package io.irpc.client;

import io.irpc.server.IrpcServer;
import io.irpc.session.PeerIdentity;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the version of an application that its clients tell servers (protocol §6).
 */
@Timeout(60)
class ReleaseTests {

	private final ApplicationContextRunner server = ServerRunner.of();

	@Test
	void theVersionOfTheApplicationIsTold() {
		this.server.run((context) -> client(context, "spring.application.version=1.4")
			.run((other) -> assertThat(release(context, other)).isEqualTo("1.4")));
	}

	@Test
	void anApplicationWithoutAVersionTellsNone() {
		this.server.run((context) -> client(context, "spring.application.version=")
			.run((other) -> assertThat(release(context, other)).isNull()));
	}

	@Test
	void aVersionIsCleanedAndCut() {
		this.server.run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!identify@1\trelease=\"1.4\\n\\u001b[0m" + "5".repeat(100) + "\"");
				assertThat(peer(context).release()).isEqualTo("1.4[0m" + "5".repeat(58));
			}
		});
	}

	private static ApplicationContextRunner client(ApplicationContext server, String version) {
		return ServerRunner.of()
			.withPropertyValues("irpc.server.enabled=false", version,
					"irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port());
	}

	private static @Nullable String release(ApplicationContext server, ApplicationContext client) {
		client.getBean(IrpcClient.class).connect().join();
		return peer(server).release();
	}

	private static PeerIdentity peer(ApplicationContext server) {
		return server.getBean(SessionManager.class).sessions().get(0).peer();
	}

}
