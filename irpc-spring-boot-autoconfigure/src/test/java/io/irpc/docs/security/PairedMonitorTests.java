package io.irpc.docs.security;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.docs.Documentation;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import io.irpc.test.IrpcTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Checks what the chapter about security says of pairing.
 */
@ExtendWith(OutputCaptureExtension.class)
class PairedMonitorTests {

	private static final Pattern LINE = Pattern
		.compile("Clients reach the IRPC server with TLS at (irpc://\\S+&code=\\S+)");

	@Test
	void clientIsPairedUntilAnOperatorRevokesIt(@TempDir Path directory, CapturedOutput output) {
		ServerRunner.secured(PairingService.class, OwnUsers.class)
			.withPropertyValues("irpc.server.ssl.directory=" + directory.resolve("server"),
					"irpc.server.login.recheck-interval=100ms")
			.run((context) -> {
				Matcher line = LINE.matcher(output);
				assertThat(line.find()).isTrue();
				String yaml = Documentation.text("examples/security-pairing.yml")
					.replaceFirst("irpc://[^\"]*", line.group(1));
				ApplicationContextRunner monitor = Monitors.runner()
					.withInitializer(Documentation.configuration(yaml))
					.withPropertyValues("irpc.client.credentials-file=" + directory.resolve("credentials.json"),
							"irpc.client.reconnect.initial-delay=10ms");
				monitor.run((other) -> assertThat(Monitors.whoami(other.getBean(IrpcClient.class)))
					.isEqualTo("paired:irpc-client"));
				monitor.run((other) -> {
					IrpcClient client = other.getBean(IrpcClient.class);
					assertThat(Monitors.whoami(client)).isEqualTo("paired:irpc-client");
					revoke(context.getBean(IrpcServer.class).port());
					await().untilAsserted(() -> assertThatExceptionOfType(NotConnectedException.class)
						.isThrownBy(() -> Monitors.whoami(client)));
				});
			});
	}

	private static void revoke(int port) {
		try (IrpcTestClient client = IrpcTestClient.to(port)) {
			IrpcTestClient operator = client.as("operator", "operator");
			Matcher id = Pattern.compile("\"id\":\"([0-9a-f]+)\"")
				.matcher(operator.call("pairing.list").exchange().json());
			assertThat(id.find()).isTrue();
			assertThat(operator.call("pairing.revoke").argument("id", id.group(1)).exchange()).hasValue(true);
			assertThat(operator.call("pairing.issueCode").exchange()).value(String.class)
				.asString()
				.matches("(\\w{4}-){3}\\w{4}");
		}
	}

}
