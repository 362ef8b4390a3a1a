package io.irpc.docs.security;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.docs.Documentation;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
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
					revoke(ServerRunner.connect(context));
					await().untilAsserted(() -> assertThatExceptionOfType(NotConnectedException.class)
						.isThrownBy(() -> Monitors.whoami(client)));
				});
			});
	}

	private static void revoke(RawClient connected) {
		try (RawClient operator = SecurityTests.login(connected, "operator")) {
			Matcher id = Pattern.compile("\"id\":\"([0-9a-f]+)\"")
				.matcher(String.valueOf(operator.ask("!call@1\tfn:pairing.list")));
			assertThat(id.find()).isTrue();
			assertThat(operator.ask("!call@2\tfn:pairing.revoke\tid=\"" + id.group(1) + "\"")).isEqualTo(">2\t\ttrue");
			assertThat(operator.ask("!call@3\tfn:pairing.issueCode")).matches(">3\t\t\"(\\w{4}-){3}\\w{4}\"");
		}
	}

}
