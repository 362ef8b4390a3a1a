package io.irpc.docs.security;

import io.irpc.client.IrpcClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Runs applications with a client.
 */
final class Monitors {

	private Monitors() {
	}

	static ApplicationContextRunner runner() {
		return ServerRunner.of()
			.withPropertyValues("irpc.server.enabled=false")
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class));
	}

	static @Nullable String whoami(IrpcClient client) {
		return client.call("whoami").retrieve(String.class);
	}

}
