package io.irpc.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestConnection;
import io.irpc.test.LocalIrpcPort;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Plays the transcripts of the daemon, and runs the client in Python.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = DaemonApplication.class,
		properties = { "irpc.server.port=0", WithoutSecurity.PROPERTY })
class GettingStartedTests {

	@Autowired
	private IrpcTestClient client;

	@LocalIrpcPort
	private int port;

	@TestFactory
	Stream<DynamicTest> transcriptsAreWhatTheServerAnswers() {
		return Documentation.transcripts("daemon", this.client);
	}

	@Test
	void clientInPythonShowsTheErrorThatItReports() throws IOException, InterruptedException {
		assumeThat(run(List.of("python3", "--version"))).as("python3 is not installed").startsWith("Python 3");
		assertThat(run(List.of("python3", Documentation.file("examples/irpc_client.py").toString(),
				String.valueOf(this.port))))
			.isEqualToNormalizingNewlines("""
					[{'file': 'b.csv', 'line': 7, 'message': 'größer als 10 °C'}]
					Argument line is missing
					""");
	}

	@Test
	void otherThanIrpcIsAnsweredAndTheConnectionClosed() {
		try (IrpcTestConnection connection = this.client.connect()) {
			assertThat(connection.exchange("GET / HTTP/1.1"))
				.containsExactly(">\tException\t\"A line starts with '!', '>' or '#': this is no IRPC peer\"");
			assertThat(connection.read()).isNull();
		}
	}

	private static String run(List<String> command) throws IOException, InterruptedException {
		Process process;
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().put("PYTHONIOENCODING", "UTF-8");
			process = builder.start();
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		return output;
	}

}
