package io.irpc.sample.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.irpc.protocol.ErrorCode;
import io.irpc.sample.SampleMonitorApplication;
import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.ErrorsService;
import io.irpc.sample.api.FilesService;
import io.irpc.sample.api.SettingsService;
import io.irpc.sample.api.Severity;
import io.irpc.sample.api.StationsService;
import io.irpc.sample.daemon.ftp.FtpReceiver;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.server.IrpcServer;
import io.irpc.test.IrpcTestAnswer;
import io.irpc.test.IrpcTestClient;
import org.apache.commons.net.ftp.FTPClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the daemon as a person starts it.
 */
@ExtendWith(OutputCaptureExtension.class)
class DaemonTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/**
	 * Keeps the monitor in the same process from a daemon that somebody runs.
	 */
	private static final String NO_SERVER = "irpc.client.address=localhost:1";

	@TempDir
	Path root;

	@Test
	void theFirstStepsWorkAsTheyArePrinted(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = start()) {
			Path example = this.root.resolve("example.csv");
			int port = context.getBean(FtpReceiver.class).port();
			int irpcPort = port(context);
			assertThat(output).contains("curl -T '" + example + "' -u 'sensor:sensor' ftp://127.0.0.1:" + port + "/\n")
				.contains("printf '" + typed() + "' | nc -q 1 127.0.0.1 " + irpcPort + "\n")
				.contains("curl -u 'viewer:viewer' http://127.0.0.1:"
						+ context.getEnvironment().getProperty("local.server.port") + "/actuator/irpc/sessions\n");
			upload(port, example);
			Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(output)
					.contains("Processed example.csv (measurements: 9, stations: 2, bad lines: 1, out of range: 1)"));
			List<ErrorRaised> errors = context.getBean(ErrorsService.class).list(null, 5);
			assertThat(errors).extracting(ErrorRaised::severity).containsExactly(Severity.HIGH, Severity.LOW);
			assertThat(type(irpcPort, typed())).hasSize(2).first().isEqualTo(">1\t\ttrue");
			assertThat(type(irpcPort, typed())).element(1).asString().contains("example.csv");
			assertThat(context.getBean(StationsService.class).summary("north").latest().gapCount()).isEqualTo(1);
		}
	}

	@Test
	void aViewerMayLookAndAnOperatorMayChangeSettings() {
		try (ConfigurableApplicationContext context = start("spring.profiles.active=daemon");
				IrpcTestClient client = IrpcTestClient.to(port(context))) {
			assertThat(client.call("errors.list").exchange()).failedWith(ErrorCode.UNAUTHENTICATED);
			IrpcTestClient viewer = client.as("viewer", "viewer");
			assertThat(viewer.call("errors.list").exchange()).hasValue(List.of());
			assertThat(update(viewer)).failedWith(ErrorCode.PERMISSION_DENIED);
			assertThat(context.getBean(SettingsService.class).get().maximum()).isNotEqualTo(80);
			assertThat(update(client.as("operator", "operator"))).succeeded();
			assertThat(context.getBean(SettingsService.class).get().maximum()).isEqualTo(80);
		}
	}

	@Test
	void passwordsThatEverybodyKnowsAreRefusedOffLoopback(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("spring.profiles.active=daemon", "irpc.server.address=0.0.0.0",
				"sample.passwords.operator=secret"));
		assertThat(output).contains("APPLICATION FAILED TO START",
				"Everybody knows the passwords of this sample, and 0.0.0.0 can be reached from other machines",
				"'sample.passwords.operator' and 'sample.passwords.viewer'");
	}

	@Test
	void everythingOutlastsARestart() throws IOException {
		List<ErrorRaised> errors;
		try (ConfigurableApplicationContext context = start("spring.profiles.active=daemon")) {
			SettingsService settings = context.getBean(SettingsService.class);
			settings.update(null, null, Duration.ofHours(1), 0);
			Path dropped = this.root.resolve("inbox").resolve("dropped.csv");
			Files.copy(this.root.resolve("example.csv"), dropped);
			settings.update(null, null, Duration.ofMillis(100), null);
			Awaitility.await().atMost(TIMEOUT).until(() -> context.getBean(FilesService.class).recent(1).size() == 1);
			errors = context.getBean(ErrorsService.class).list(null, 100);
			assertThat(errors).hasSize(2);
		}
		try (ConfigurableApplicationContext context = start("spring.profiles.active=daemon,monitor")) {
			assertThat(context.getBean(SettingsService.class).get().maximumBadLines()).isZero();
			assertThat(context.getBean(ErrorsService.class).list(null, 100)).isEqualTo(errors);
		}
	}

	@Test
	void theMonitorAloneHasNothingOfTheDaemon() {
		try (ConfigurableApplicationContext context = SpringApplication.run(SampleMonitorApplication.class,
				"--spring.profiles.active=monitor", "--sample.data-directory=" + this.root, "--" + NO_SERVER)) {
			assertThat(context.getBeanProvider(DataDirectory.class)).isEmpty();
			assertThat(context.getEnvironment().getProperty("irpc.server.port")).isNull();
			assertThat(this.root).isEmptyDirectory();
		}
	}

	@Test
	void aSecondDaemonOnTheSameDirectoryIsToldSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.isRunning()).isTrue();
			assertThatException().isThrownBy(this::start);
			assertThat(output).contains("APPLICATION FAILED TO START", this.root + " is in use by another daemon",
					"'sample.data-directory'");
		}
	}

	@Test
	void aPortInUseIsToldSo(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatException().isThrownBy(() -> start("sample.ftp.port=" + other.getLocalPort()));
			assertThat(output).contains("APPLICATION FAILED TO START",
					"The FTP server cannot listen on 127.0.0.1:" + other.getLocalPort() + ": Address already in use.",
					"'sample.ftp.port'");
		}
		start().close();
	}

	@Test
	void aPropertyOutOfBoundsIsToldSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("sample.ftp.port=65536"));
		assertThat(output).contains("sample.ftp.port").contains("must be less than or equal to 65535");
	}

	@Test
	void aPasswordOfTheUsersOwnIsNotPrinted(CapturedOutput output) {
		start("sample.ftp.password=secret").close();
		assertThat(output).contains("-u 'sensor'").doesNotContain("secret");
	}

	private ConfigurableApplicationContext start(String... properties) {
		Stream<String> defaults = Stream.of("sample.data-directory=" + this.root, "irpc.server.port=0", NO_SERVER);
		Stream<String> port = Stream.of(properties).anyMatch((property) -> property.startsWith("sample.ftp.port"))
				? Stream.empty() : Stream.of("sample.ftp.port=0");
		return SpringApplication.run(SampleMonitorApplication.class,
				Stream.of(defaults, port, Stream.of(properties))
					.flatMap(Function.identity())
					.map("--"::concat)
					.toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static IrpcTestAnswer update(IrpcTestClient user) {
		return user.call("settings.update").argument("maximum", 80).exchange();
	}

	// as printf writes it
	private static String typed() {
		return "!call@1\\tfn:login\\t=\"viewer\"\\t=\"viewer\"\\n!call@2\\tfn:errors.list\\tlimit=5\\n";
	}

	private static List<String> type(int port, String text) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout((int) TIMEOUT.toMillis());
			socket.getOutputStream()
				.write(text.replace("\\t", "\t").replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	private static void upload(int port, Path file) throws IOException {
		FTPClient client = new FTPClient();
		client.connect("127.0.0.1", port);
		client.login("sensor", "sensor");
		client.enterLocalPassiveMode();
		assertThat(client.storeFile(file.getFileName().toString(), Files.newInputStream(file))).isTrue();
		client.disconnect();
	}

}
