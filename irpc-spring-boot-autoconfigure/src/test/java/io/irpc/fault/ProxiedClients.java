package io.irpc.fault;

import java.time.Duration;

import io.irpc.client.Credentials;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientBuilder;
import io.irpc.client.ReconnectPolicy;
import io.irpc.support.ServerRunner;
import io.irpc.test.BadLink;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/**
 * Makes a server and clients that log in to it over a bad link, all in this process.
 */
final class ProxiedClients {

	/**
	 * The user whom clients log in as.
	 */
	static final String USER = "user";

	private static final String PASSWORD = "secret";

	private ProxiedClients() {
	}

	static ApplicationContextRunner server() {
		return ServerRunner.secured(Application.class)
			.withPropertyValues("spring.security.user.name=" + USER, "spring.security.user.password=" + PASSWORD);
	}

	static IrpcClient client(BadLink link) {
		return builder(link.port()).build();
	}

	static IrpcClientBuilder builder(int port) {
		return IrpcClient.builder()
			.name("tester")
			.address("127.0.0.1:" + port)
			.timeout(Duration.ofSeconds(10))
			.connectTimeout(Duration.ofSeconds(5))
			.reconnect(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(5)))
			.credentials(Credentials.ofPassword(USER, PASSWORD))
			.platformThreads(2);
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

}
