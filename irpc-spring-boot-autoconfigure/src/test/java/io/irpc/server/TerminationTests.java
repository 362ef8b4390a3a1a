package io.irpc.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process does that is told to end, as containers are.
 */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGTERM")
class TerminationTests {

	private static final int SIGTERM_EXIT_CODE = 128 + 15;

	private static final Pattern LISTENS = Pattern.compile("IRPC server listens on 127\\.0\\.0\\.1:(\\d+)");

	private final List<String> log = new ArrayList<>();

	private final Process process = start();

	private final BufferedReader output = this.process.inputReader();

	@AfterEach
	void kill() {
		this.process.destroyForcibly();
	}

	@Test
	void theCallThatRunsIsAnsweredThePeerIsSentAwayAndTheProcessEndsByItself() throws Exception {
		Matcher listens = LISTENS.matcher(until("IRPC server listens on"));
		assertThat(listens.find()).isTrue();
		// where no shutdown hook is registered yet, the signal would end the process at
		// once
		until("is ready");
		try (RawClient peer = new RawClient(Integer.parseInt(listens.group(1)))) {
			peer.ask("!identify@0\tname=\"peer\"\tversion=\"1.1\"\tfeatures=[\"goaway\"]");
			peer.send("!call@1\tfn:finish");
			until("finish has begun");
			// unlike the process itself, its handle leaves its input open
			this.process.toHandle().destroy();
			assertThat(peer.read()).matches("!goaway@0\treason:shutdown\tretry:\\d+");
			assertThat(this.process.isAlive()).isTrue();
			peer.send(">0\t\tnull");
			this.process.outputWriter().append("go on\n").flush();
			assertThat(peer.read()).isEqualTo(">1\t\t\"finished\"");
			assertThat(peer.read()).isNull();
		}
		until("IRPC server stopped");
		assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.process.exitValue()).isEqualTo(SIGTERM_EXIT_CODE);
		assertThat(String.join("\n", this.log)).containsSubsequence("the application refuses traffic",
				"sends 1 sessions away and answers 1 commands", "0 subscriptions have ended", "closes 1 sessions",
				"IRPC server stopped");
	}

	private String until(String text) throws IOException {
		String line = this.output.readLine();
		while (line != null && !line.contains(text)) {
			this.log.add(line);
			line = this.output.readLine();
		}
		assertThat(line).as("what follows " + this.log).isNotNull();
		this.log.add(line);
		return line;
	}

	private static Process start() {
		try {
			return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
					"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					Application.class.getName())
				.redirectErrorStream(true)
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Functions.class)
	static class Application {

		public static void main(String[] args) {
			new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties("irpc.server.port=0", "irpc.server.ssl.enabled=false", WithoutSecurity.PROPERTY)
				.run(args);
			System.out.println("is ready");
		}

	}

	@IrpcService
	static class Functions {

		public String finish() throws IOException {
			System.out.println("finish has begun");
			System.in.read();
			return "finished";
		}

	}

}
