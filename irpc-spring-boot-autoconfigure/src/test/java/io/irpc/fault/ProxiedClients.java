package io.irpc.fault;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import io.irpc.client.AddressOrder;
import io.irpc.client.Credentials;
import io.irpc.client.DefaultIrpcClient;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientSettings;
import io.irpc.client.ReconnectPolicy;
import io.irpc.client.ServerAddress;
import io.irpc.client.ServerAddresses;
import io.irpc.client.Startup;
import io.irpc.client.WhileDisconnected;
import io.irpc.payload.PayloadConverter;
import io.irpc.session.WorkerPool;
import io.irpc.support.ServerRunner;
import io.irpc.test.BadLink;
import io.irpc.transport.ConnectionOptions;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/**
 * Makes a server and clients that log in to it over a bad link, all in this process.
 */
final class ProxiedClients {

	/**
	 * The user whom clients log in as.
	 */
	static final String USER = "user";

	private static final String PASSWORD = "secret";

	// logins are many here, and their cost is no concern
	private static final PasswordEncoder ENCODER = new Pbkdf2PasswordEncoder("", 8, 1,
			SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);

	private ProxiedClients() {
	}

	static ApplicationContextRunner server() {
		return ServerRunner.secured(Application.class)
			.withBean(PasswordEncoder.class, () -> ENCODER)
			.withPropertyValues("spring.security.user.name=" + USER,
					"spring.security.user.password=" + ENCODER.encode(PASSWORD));
	}

	static IrpcClient client(BadLink link) {
		IrpcClientSettings settings = new IrpcClientSettings("tester",
				ServerAddresses.of(ServerAddress
					.ofPlainText(new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port()))),
				AddressOrder.FAIL_OVER, Duration.ofSeconds(10), Duration.ofSeconds(5),
				new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(5)), WhileDisconnected.FAIL,
				Startup.BACKGROUND, Duration.ofSeconds(10), ConnectionOptions.DEFAULTS,
				() -> Credentials.ofPassword(USER, PASSWORD));
		return new DefaultIrpcClient(settings, new PayloadConverter(new JsonMapper()),
				WorkerPool.ofPlatformThreads("proxied-client-", 2), (client, state) -> {
				});
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

}
