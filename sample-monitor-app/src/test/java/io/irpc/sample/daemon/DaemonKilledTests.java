package io.irpc.sample.daemon;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.irpc.sample.SampleMonitorApplication;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills a daemon in a process of its own while files arrive, and starts it again.
 */
class DaemonKilledTests {

	private static final int FILES = 12;

	private static final Pattern IRPC_PORT = Pattern.compile("IRPC server listens on 127.0.0.1:(\\d+)");

	private static final Pattern FTP_PORT = Pattern.compile("FTP server started on port (\\d+)");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private final List<Process> processes = new ArrayList<>();

	@AfterEach
	void endProcesses() {
		this.processes.forEach(Process::destroyForcibly);
	}

	@Test
	void noFileIsLostAndNoneIsProcessedTwice() throws Exception {
		Set<String> accepted = new TreeSet<>();
		Process daemon = start("first.log");
		uploadAndKill(daemon, port(FTP_PORT, "first.log"), accepted);
		assertThat(accepted).as("uploads that the daemon has confirmed").isNotEmpty();
		start("second.log");
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			assertThat(names("processed")).containsExactlyInAnyOrderElementsOf(accepted);
			assertThat(names("processing")).isEmpty();
		});
		assertThat(names("results")).containsExactlyInAnyOrderElementsOf(ids("processed"));
		// each file was announced once, whenever the daemon was killed
		String announced = peek(port(IRPC_PORT, "second.log"));
		assertThat(announced).startsWith(">2\t\t{\"count\":" + accepted.size() + ",");
		accepted.forEach((file) -> assertThat(announced).contains("\"" + file + "\":1"));
	}

	private static String peek(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream()
				.write("!call@1\tfn:login\t=\"viewer\"\t=\"viewer\"\n!callback@2\tpeek:all\tev:fileProcessed\tby=\"file\"\n"
					.getBytes(StandardCharsets.UTF_8));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> line.startsWith(">2"))
				.findFirst()
				.orElse("");
		}
	}

	private void uploadAndKill(Process daemon, int port, Set<String> accepted) throws Exception {
		FTPClient ftp = new FTPClient();
		ftp.connect(InetAddress.getLoopbackAddress(), port);
		assertThat(ftp.login("sensor", "sensor")).isTrue();
		ftp.enterLocalPassiveMode();
		String lines = "north,2026-01-01T00:00:00Z,1\n".repeat(20_000);
		try {
			for (int i = 0; i < FILES; i++) {
				String name = "file" + i + ".csv";
				if (i == FILES / 2) {
					// in the middle of what was uploaded so far, and of the upload that
					// begins now
					daemon.destroyForcibly().waitFor();
				}
				if (ftp.storeFile(name, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))) {
					accepted.add(name);
				}
			}
		}
		catch (IOException ex) {
			// the daemon is dead
		}
		finally {
			ftp.disconnect();
		}
	}

	private Process start(String log) throws IOException {
		String classPath = Objects.requireNonNullElse(System.getProperty("surefire.test.class.path"),
				System.getProperty("java.class.path"));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath, SampleMonitorApplication.class.getName(), "--spring.profiles.active=daemon",
				"--irpc.server.port=0", "--irpc.server.ssl.directory=" + this.directory.resolve("tls"),
				"--sample.ftp.port=0", "--sample.data-directory=" + this.directory)
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(log).toFile())
			.start();
		this.processes.add(process);
		return process;
	}

	private int port(Pattern pattern, String log) {
		return await().atMost(Duration.ofSeconds(60)).until(() -> {
			Matcher matcher = pattern.matcher(Files.readString(this.directory.resolve(log)));
			return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
		}, (port) -> port > 0);
	}

	private List<String> names(String folder) throws IOException {
		return list(folder).map((name) -> name.contains("-") ? name.substring(name.indexOf('-') + 1) : name).toList();
	}

	private List<String> ids(String folder) throws IOException {
		return list(folder).map((name) -> name.substring(0, name.indexOf('-')) + ".json").toList();
	}

	private Stream<String> list(String folder) throws IOException {
		try (Stream<Path> files = Files.list(this.directory.resolve(folder))) {
			return files.map((file) -> file.getFileName().toString()).collect(Collectors.toList()).stream();
		}
	}

}
