package io.irpc.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.support.Analyses;
import io.irpc.support.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what the start of an application does about the first connection.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ClientStartupTests {

	private final ScriptedServer server = new ScriptedServer(0,
			(line) -> ">" + line.split("[@\t]")[1] + "\t\t" + (line.contains("fn:login") ? "false" : "{}"));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, IrpcAutoConfiguration.class,
				IrpcClientAutoConfiguration.class))
		.withPropertyValues("irpc.client.address=127.0.0.1:" + this.server.port(),
				"irpc.client.reconnect.initial-delay=10ms");

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void whenStartWaitsThenThereIsAConnectionAfterIt() {
		this.runner.withPropertyValues("irpc.client.startup=wait")
			.run((context) -> assertThat(context.getBean(IrpcClient.class).state())
				.isEqualTo(ConnectionState.CONNECTED));
	}

	@Test
	void whenNoServerComesThenTheStartGoesOnInTheBackground(CapturedOutput output) {
		this.server.close();
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("The application starts without it");
	}

	@Test
	void whenApplicationPausesThenThereIsNoConnectionUntilItGoesOn() {
		this.runner.withPropertyValues("irpc.client.startup=wait").run((context) -> {
			IrpcClient client = context.getBean(IrpcClient.class);
			context.getSourceApplicationContext().pause();
			assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
			await().until(() -> this.server.connections() == 0);
			context.getSourceApplicationContext().restart();
			assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void whenApplicationEndsThenItsBeansHaveTheConnectionToTheLast() {
		AtomicReference<ConnectionState> state = new AtomicReference<>();
		this.runner.withPropertyValues("irpc.client.startup=wait")
			.withBean(Last.class, state)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(state).hasValue(ConnectionState.CONNECTED);
	}

	@Test
	void whenStartWaitsInVainThenItGoesOnWithAWarning(CapturedOutput output) {
		this.server.close();
		this.runner.withPropertyValues("irpc.client.startup=wait", "irpc.client.startup-timeout=200ms")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.contains("No connection to the server of irpc.client within 200 ms: Cannot connect to 127.0.0.1:"
					+ this.server.port())
			.contains("The application starts without it");
	}

	@Test
	void whenStartMayFailAndNoServerComesThenItFails() {
		this.server.close();
		this.runner.withPropertyValues("irpc.client.startup=fail", "irpc.client.startup-timeout=200ms")
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains(
						"No connection to the server of irpc.client within 200 ms", "127.0.0.1:" + this.server.port());
				assertThat(analysis.getAction()).contains("Check that the server runs", "irpc.client.address",
						"irpc.client.startup=background");
			});
	}

	@Test
	void whenStartMayFailAndTheCredentialsAreRefusedThenItFailsWithoutWaiting() {
		this.runner
			.withPropertyValues("irpc.client.startup=fail", "irpc.client.startup-timeout=10m",
					"irpc.client.username=smith", "irpc.client.password=secret")
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("refuses").doesNotContain("secret");
				assertThat(analysis.getAction()).contains("Give the client credentials that the server accepts");
			});
	}

	/**
	 * Is destroyed before the client that it was given.
	 */
	static class Last implements DisposableBean {

		private final AtomicReference<ConnectionState> state;

		private final IrpcClient client;

		Last(AtomicReference<ConnectionState> state, IrpcClient client) {
			this.state = state;
			this.client = client;
		}

		@Override
		public void destroy() {
			this.state.set(this.client.state());
		}

	}

}
