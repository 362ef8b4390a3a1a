package io.irpc.sample.monitor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.irpc.sample.SampleMonitorApplication;
import io.irpc.sample.api.Settings;
import io.irpc.sample.api.SettingsService;
import io.irpc.sample.daemon.ftp.FtpReceiver;
import io.irpc.server.IrpcServer;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the monitor as a person uses it: errors come in by FTP at a daemon, and show
 * up over TCP at another application.
 */
@ExtendWith(OutputCaptureExtension.class)
class MonitorTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path daemonDirectory;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path home;

	@Test
	void anErrorInAnUploadedFileShowsUpAtTheMonitor(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext daemon = daemon(0);
				ConfigurableApplicationContext monitor = monitor(port(daemon))) {
			await().until(() -> output.getOut().contains("Waiting for new errors"));
			upload(daemon, "a.csv", "north,2026-01-01T00:00:00Z,1\nnorth,soon,2\n");
			await().until(() -> output.getOut().contains("LOW   a.csv:2"));
			assertThat(monitor.isActive()).isTrue();
		}
	}

	@Test
	void theMonitorBeginsBehindTheLastErrorThatItHasShown(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext daemon = daemon(0)) {
			upload(daemon, "first.csv", "x\nnorth,2026-01-01T00:00:00Z,1\n");
			try (ConfigurableApplicationContext monitor = monitor(port(daemon))) {
				await().until(() -> count(output, "first.csv:1") == 1);
				assertThat(monitor.isActive()).isTrue();
			}
			upload(daemon, "away.csv", "x\nnorth,2026-01-01T00:00:00Z,1000\n");
			await().until(() -> files("processed") == 2);
			try (ConfigurableApplicationContext monitor = monitor(port(daemon))) {
				await().until(() -> count(output, "away.csv:1") == 1);
				assertThat(output.getOut()).contains("Connected. 1 error so far (0 HIGH):",
						"Connected. 2 errors while you were away (1 HIGH):");
				assertThat(count(output, "first.csv:1")).isEqualTo(1);
				assertThat(monitor.isActive()).isTrue();
			}
		}
	}

	@Test
	void aMonitorOfAnotherNameHasAMemoryOfItsOwn(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext daemon = daemon(0)) {
			upload(daemon, "first.csv", "x\nnorth,2026-01-01T00:00:00Z,1\n");
			try (ConfigurableApplicationContext monitor = monitor(port(daemon))) {
				await().until(() -> count(output, "first.csv:1") == 1);
				assertThat(monitor.isActive()).isTrue();
			}
			List<String> arguments = new ArrayList<>(monitorArguments(port(daemon)));
			arguments.add("--sample.monitor.name=office");
			try (ConfigurableApplicationContext monitor = SpringApplication.run(SampleMonitorApplication.class,
					arguments.toArray(String[]::new))) {
				await().until(() -> count(output, "first.csv:1") == 2);
				assertThat(monitor.isActive()).isTrue();
			}
		}
	}

	@Test
	void aNameThatCannotBeOneIsToldSo(CapturedOutput output) {
		List<String> arguments = new ArrayList<>(monitorArguments(1));
		arguments.add("--sample.monitor.name=at home");
		assertThatException()
			.isThrownBy(() -> SpringApplication.run(SampleMonitorApplication.class, arguments.toArray(String[]::new)));
		assertThat(output).contains("APPLICATION FAILED TO START", "sample.monitor.name",
				"must have 1 to 64 letters, digits, '_' and '-'");
	}

	@Test
	void theMonitorSurvivesARestartOfTheDaemonAndMissesNothing(CapturedOutput output) throws IOException {
		ConfigurableApplicationContext daemon = daemon(0);
		int port = port(daemon);
		try (ConfigurableApplicationContext monitor = monitor(port)) {
			await().until(() -> output.getOut().contains("Waiting for new errors"));
			daemon.close();
			await().until(() -> output.getOut().contains("No connection to the daemon, trying again..."));
			Files.writeString(this.daemonDirectory.resolve("inbox").resolve("down.csv"),
					"x\nnorth,2026-01-01T00:00:00Z,1\n");
			daemon = daemon(port);
			await().until(() -> count(output, "down.csv:1") == 1);
			upload(daemon, "after.csv", "x\nnorth,2026-01-01T00:00:00Z,1\n");
			await().until(() -> count(output, "after.csv:1") == 1);
			assertThat(count(output, "down.csv:1")).isEqualTo(1);
			assertThat(monitor.isActive()).isTrue();
		}
		finally {
			daemon.close();
		}
	}

	@Test
	void aSettingIsChangedRemotelyAndTakesEffectWithoutARestart(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext daemon = daemon(0)) {
			assertThat(set(port(daemon), "--set", "maximum=5.5", "--set=pollInterval=PT0.2S")).isZero();
			assertThat(output.getOut()).contains("maximum=5.5  (was ", "pollInterval=PT0.2S");
			assertThat(daemon.getBean(SettingsService.class).get().maximum()).isEqualTo(5.5);
			upload(daemon, "hot.csv", "north,2026-01-01T00:00:00Z,6\n");
			try (ConfigurableApplicationContext monitor = monitor(port(daemon))) {
				await().until(() -> output.getOut().contains("HIGH  hot.csv:1 [north]"));
				assertThat(monitor.isActive()).isTrue();
			}
		}
	}

	@Test
	void aSettingThatCannotBeChangedIsToldWithAnExitCode(CapturedOutput output) {
		try (ConfigurableApplicationContext daemon = daemon(0)) {
			Settings before = daemon.getBean(SettingsService.class).get();
			assertThat(set(port(daemon), "--set", "maxmum=5")).isOne();
			assertThat(output.getOut())
				.contains("Nothing was changed. 'maxmum=5' (expected: --set KEY=VALUE with one of "
						+ "[minimum, maximum, pollInterval, maximumBadLines])");
			assertThat(set(port(daemon), "--set", "maximum=-1000")).isOne();
			assertThat(output.getOut()).contains("Nothing was changed. minimum: ");
			assertThat(set(port(daemon), "--set")).isOne();
			assertThat(daemon.getBean(SettingsService.class).get()).isEqualTo(before);
		}
		assertThat(set(1, "--set", "maximum=5")).isOne();
		assertThat(output.getOut()).contains("Cannot connect to localhost:1");
	}

	@Test
	void controlCharactersOfStrangersNeverReachTheTerminal(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext daemon = daemon(0);
				ConfigurableApplicationContext monitor = monitor(port(daemon))) {
			upload(daemon, "esc.csv", "\u001b[31mnorth,2026-01-01T00:00:00Z,1000\n");
			await().until(() -> output.getOut().contains("esc.csv"));
			await().until(() -> files("results") == 1);
			assertThat(output.getOut()).doesNotContain("\u001b[31mnorth");
			assertThat(monitor.isActive()).isTrue();
		}
	}

	@Test
	void theMonitorIsPairedByTheLineThatTheDaemonLogs(CapturedOutput output) {
		try (ConfigurableApplicationContext daemon = daemon(0)) {
			String line = output.getOut().lines().reduce("", (found, next) -> next.contains("irpc://") ? next : found);
			String[] paired = { "--spring.profiles.active=monitor,paired",
					"--irpc.client.address=" + line.substring(line.indexOf("irpc://")) };
			assertThat(run("--set", "maximum=5.5", paired)).isZero();
			// the code is used up, but the credential that it was exchanged for is kept
			assertThat(run("--set", "maximum=6.5", paired)).isZero();
			assertThat(daemon.getBean(SettingsService.class).get().maximum()).isEqualTo(6.5);
			assertThat(this.home.resolve("credentials.json")).isNotEmptyFile();
		}
	}

	private int run(String option, String value, String[] connection) {
		return SpringApplication.exit(SpringApplication.run(SampleMonitorApplication.class, option, value,
				connection[0], connection[1], "--sample.data-directory=" + this.home));
	}

	@Test
	void aWrongPasswordIsToldAndNothingIsChanged(CapturedOutput output) {
		try (ConfigurableApplicationContext daemon = daemon(0)) {
			assertThat(set(port(daemon), "--sample.passwords.operator=wrong", "--set", "maximum=5.5")).isOne();
			assertThat(output.getOut()).contains("Nothing was changed. ",
					"The server refuses the password of user 'operator'");
			List<String> arguments = new ArrayList<>(monitorArguments(port(daemon)));
			arguments.add("--sample.passwords.operator=wrong");
			try (ConfigurableApplicationContext monitor = SpringApplication.run(SampleMonitorApplication.class,
					arguments.toArray(String[]::new))) {
				await().until(() -> output.getOut().contains("The daemon refuses the login: start again with other"));
				assertThat(output.getOut()).doesNotContain("trying again");
				assertThat(monitor.isActive()).isTrue();
			}
		}
	}

	private int set(int port, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(monitorArguments(port));
		ConfigurableApplicationContext context = SpringApplication.run(SampleMonitorApplication.class,
				all.toArray(String[]::new));
		return SpringApplication.exit(context);
	}

	private ConfigurableApplicationContext monitor(int port) {
		return SpringApplication.run(SampleMonitorApplication.class, monitorArguments(port).toArray(String[]::new));
	}

	private List<String> monitorArguments(int port) {
		return List.of("--spring.profiles.active=monitor", "--irpc.client.address=localhost:" + port,
				"--irpc.client.reconnect.max-delay=500ms", "--sample.data-directory=" + this.home);
	}

	private ConfigurableApplicationContext daemon(int port) {
		return SpringApplication.run(SampleMonitorApplication.class, "--spring.profiles.active=daemon",
				"--irpc.server.port=" + port, "--sample.ftp.port=0", "--sample.data-directory=" + this.daemonDirectory);
	}

	private int files(String directory) {
		String[] names = this.daemonDirectory.resolve(directory).toFile().list();
		return (names != null) ? names.length : 0;
	}

	private static int port(ConfigurableApplicationContext daemon) {
		return daemon.getBean(IrpcServer.class).port();
	}

	private static long count(CapturedOutput output, String text) {
		return output.getOut().lines().filter((line) -> line.startsWith("  20") && line.contains(text)).count();
	}

	private static void upload(ConfigurableApplicationContext daemon, String name, String content) throws IOException {
		FTPClient ftp = new FTPClient();
		ftp.connect(InetAddress.getLoopbackAddress(), daemon.getBean(FtpReceiver.class).port());
		try {
			assertThat(ftp.login("sensor", "sensor")).isTrue();
			ftp.enterLocalPassiveMode();
			assertThat(ftp.storeFile(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))))
				.as(ftp.getReplyString())
				.isTrue();
		}
		finally {
			ftp.disconnect();
		}
	}

}
