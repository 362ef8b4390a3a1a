package io.irpc.docs.health;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.irpc.docs.Documentation;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerSettings;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.irpc.support.TlsClient;
import io.irpc.transport.ServerIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what is said about containers, and of the listener of sessions.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ContainerTests {

	private static final String MOUNT_PATH = "/etc/irpc/tls";

	private static final ServerIdentity IDENTITY = ServerIdentity.create(Clock.systemUTC());

	private final Map<String, Object> pod = member(member(member(deployment(), "spec"), "template"), "spec");

	private final Map<String, Object> container = elements(this.pod, "containers").get(0);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path secret;

	@Test
	void theVariablesOfTheDeploymentOpenAServerWithTheMountedKeyToTheNetwork() throws Exception {
		Files.writeString(this.secret.resolve("tls.crt"), pem("CERTIFICATE", certificate()));
		Files.writeString(this.secret.resolve("tls.key"), pem("PRIVATE KEY", IDENTITY.key().getEncoded()));
		runner().run((context) -> {
			IrpcServer server = context.getBean(IrpcServer.class);
			assertThat(server.address()).isInstanceOfSatisfying(InetSocketAddress.class,
					(address) -> assertThat(address.getAddress().isAnyLocalAddress()).isTrue());
			try (TlsClient client = new TlsClient(server.port())) {
				assertThat(client.ask("!call@1\tfn:login\t=\"operator\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
				assertThat(client.serverCertificate()).isEqualTo(IDENTITY.certificate());
			}
			assertThat(context.getBean(IrpcServerSettings.class).drainTimeout()).hasSeconds(27);
		});
	}

	@Test
	void theDeploymentLeavesTimeForThePauseAndForTheDrain() {
		Map<String, Object> sleep = member(member(member(this.container, "lifecycle"), "preStop"), "sleep");
		Duration pause = Duration.ofSeconds(number(sleep, "seconds"));
		Duration phase = DurationStyle
			.detectAndParse(String.valueOf(variables().get("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE")));
		assertThat(Duration.ofSeconds(number(this.pod, "terminationGracePeriodSeconds")))
			.isEqualTo(pause.plus(phase).plusSeconds(10));
	}

	@Test
	void theListenerOfSessionsLogsTheirEnds(CapturedOutput output) {
		ServerRunner.of(SessionWatch.class).withPropertyValues("irpc.server.limits.max-sessions=1").run((context) -> {
			try (RawClient one = ServerRunner.connect(context)) {
				one.ask("!ping@1");
				try (RawClient other = ServerRunner.connect(context)) {
					other.ask("!ping@1");
				}
			}
			await().untilAsserted(() -> assertThat(output).contains("has found no place (sessions)")
				.contains("has ended after 0 s: the peer has ended its input"));
		});
	}

	private ApplicationContextRunner runner() {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return ServerRunner.secured()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(name, new SystemEnvironmentPropertySource(name, variables())));
	}

	private Map<String, Object> variables() {
		Map<String, Object> variables = new HashMap<>();
		elements(this.container, "env").forEach((variable) -> variables.put(String.valueOf(variable.get("name")),
				String.valueOf(variable.getOrDefault("value", "secret")).replace(MOUNT_PATH, this.secret.toString())));
		return variables;
	}

	private static byte[] certificate() throws CertificateEncodingException {
		return IDENTITY.certificate().getEncoded();
	}

	private static String pem(String type, byte[] bytes) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes)
				+ "\n-----END " + type + "-----\n";
	}

	private static Map<String, Object> deployment() {
		return new Yaml().load(Documentation.text("examples/kubernetes.yml"));
	}

	private static long number(Map<String, Object> object, String name) {
		return ((Number) Objects.requireNonNull(object.get(name))).longValue();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> member(Map<String, Object> object, String name) {
		return (Map<String, Object>) Objects.requireNonNull(object.get(name));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> elements(Map<String, Object> object, String name) {
		return (List<Map<String, Object>>) Objects.requireNonNull(object.get(name));
	}

}
