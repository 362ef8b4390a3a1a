package io.irpc.docs.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.docs.Documentation;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs the configurations that the chapter about security shows for clients.
 */
class ClientTests {

	private final ApplicationContextRunner application = ServerRunner.secured(SettingsApplication.class,
			OwnUsers.class);

	@Test
	void userWithACertificateIsLoggedIn(@TempDir Path directory) throws IOException, InterruptedException {
		assumeThat(System.getProperty("os.name")).as("the example is a shell script").doesNotContain("Windows");
		makeCertificates(directory);
		this.application.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withInitializer(Documentation.configuration(Documentation.text("examples/security-mtls-server.yml")
				.replace("/etc/daemon/tls", directory.toString())))
			.run((context) -> {
				String address = "localhost:" + context.getBean(IrpcServer.class).port();
				ApplicationContextRunner client = Monitors.runner();
				client
					.withInitializer(Documentation.configuration(Documentation.text("examples/security-mtls-client.yml")
						.replace("/etc/monitor/tls", directory.toString())
						.replace("daemon.example.org", address)))
					.run((other) -> assertThat(Monitors.whoami(other.getBean(IrpcClient.class))).isEqualTo("operator"));
				client.withPropertyValues("irpc.client.address=" + address, "irpc.client.ssl.enabled=true")
					.run((other) -> assertThatExceptionOfType(NotConnectedException.class)
						.isThrownBy(() -> Monitors.whoami(other.getBean(IrpcClient.class))));
			});
	}

	@Test
	void clientLogsInWithAPassword() {
		this.application.run((context) -> {
			IrpcServer server = context.getBean(IrpcServer.class);
			String yaml = Documentation.text("examples/security-client.yml")
				.replaceFirst("irpc://[^\"]*", "irpc://127.0.0.1:" + server.port() + "?pin=" + server.pin());
			Monitors.runner()
				.withPropertyValues("OPERATOR_PASSWORD=operator")
				.withInitializer(Documentation.configuration(yaml))
				.run((other) -> assertThat(Monitors.whoami(other.getBean(IrpcClient.class))).isEqualTo("operator"));
		});
	}

	private static void makeCertificates(Path directory) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(
				List.of("sh", Documentation.file("examples/certificates.sh").toAbsolutePath().toString(), "localhost"))
			.directory(directory.toFile())
			.redirectErrorStream(true);
		Map<String, String> environment = builder.environment();
		environment.merge("PATH", Path.of(System.getProperty("java.home"), "bin").toString(),
				(path, bin) -> bin + ":" + path);
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

}
