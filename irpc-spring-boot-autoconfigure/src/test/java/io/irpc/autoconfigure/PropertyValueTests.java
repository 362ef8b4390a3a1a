package io.irpc.autoconfigure;

import java.util.Objects;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of values that properties cannot have.
 */
class PropertyValueTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, IrpcAutoConfiguration.class,
				IrpcEventAutoConfiguration.class, IrpcServerAutoConfiguration.class, IrpcClientAutoConfiguration.class))
		.withPropertyValues("irpc.server.port=0", "irpc.client.address=localhost:1",
				"irpc.clients.warehouse.address=localhost:1");

	@ParameterizedTest
	@CsvSource(textBlock = """
			irpc.server.port, 65536
			irpc.server.port, -1
			irpc.server.threads.max, 0
			irpc.server.limits.max-running-commands, 0
			irpc.server.limits.max-waiting-size, 0B
			irpc.server.limits.max-sessions, 0
			irpc.server.limits.max-sessions-per-address, 0
			irpc.server.limits.max-anonymous-sessions, -1
			irpc.server.limits.max-anonymous-sessions-per-address, 0
			irpc.server.limits.login-timeout, 0s
			irpc.server.limits.max-memory, 0B
			irpc.server.limits.max-anonymous-message-size, 0B
			irpc.server.connection.max-message-size, 2GB
			irpc.server.connection.max-parameters, 0
			irpc.server.connection.line-timeout, 0s
			irpc.server.connection.ping-interval, -1s
			irpc.server.connection.idle-timeout, 30s
			irpc.server.connection.low-water-mark, 1MB
			irpc.server.connection.high-water-mark, 0B
			irpc.server.connection.slow-peer-timeout, 0s
			irpc.journal.max-events, 0
			irpc.journal.max-size, 0B
			irpc.journal.max-age, 0s
			irpc.client.timeout, 0s
			irpc.client.connect-timeout, 0s
			irpc.client.startup-timeout, 0s
			irpc.client.keep-alive, 14s
			irpc.client.keep-alive, 301s
			irpc.client.threads.max, 0
			irpc.client.reconnect.initial-delay, 0s
			irpc.client.reconnect.max-delay, 1ms
			irpc.client.connection.max-parameters, 0
			irpc.client.address, localhost:70000
			irpc.client.address, localhost:port
			irpc.client.address, http://localhost
			irpc.client.address, :1
			irpc.client.address, irpc://localhost:1/path
			irpc.client.address, irpc://localhost:1?
			irpc.client.address, irpc://localhost:1?pin
			irpc.client.address, irpc://localhost:1?pin=sha256:abc
			irpc.client.address, irpc://localhost:1?other=1
			irpc.server.ssl.handshake-timeout, 0s
			irpc.server.ssl.client-auth, need
			irpc.server.ssl.bundle, missing
			irpc.client.ssl.bundle, missing
			irpc.clients.warehouse.address, localhost:70000
			irpc.clients.warehouse.timeout, 0s
			irpc.clients.warehouse.startup-timeout, 0s
			irpc.clients.warehouse.keep-alive, 14s
			irpc.clients.warehouse.threads.max, 0
			irpc.clients.warehouse.reconnect.max-delay, 1ms
			irpc.clients.warehouse.connection.max-parameters, 0
			irpc.clients.warehouse.ssl.bundle, missing
			""")
	void whenValueIsNotPossibleThenTheStartFailsWithTheNameOfTheProperty(String property, String value) {
		this.runner.withPropertyValues(property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analyze(Objects.requireNonNull(context.getStartupFailure()));
			assertThat(analysis.getDescription()).contains(property + "=");
			assertThat(analysis.getAction()).startsWith("Set ");
		});
	}

	private static FailureAnalysis analyze(Throwable failure) {
		return Objects.requireNonNull(new IrpcConfigurationFailureAnalyzer().analyze(failure));
	}

}
