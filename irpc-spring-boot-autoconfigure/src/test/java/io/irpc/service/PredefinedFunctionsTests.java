package io.irpc.service;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every server answers (protocol §3 and §6).
 */
class PredefinedFunctionsTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Zoo.class);

	@Test
	void whenFunctionListIsAskedForThenItIsSorted() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:getFunctionList"))
					.isEqualTo(">1\t\t[\"getEventList\",\"getFunctionList\",\"whaticando\",\"whoami\","
							+ "\"zoo.ape\",\"zoo.bear\",\"zoo.cat\"]");
			}
		});
	}

	@Test
	void whenThereAreNoEventsThenTheirListIsEmpty() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:getEventList")).isEqualTo(">1\t\t[]");
			}
		});
	}

	@Test
	void whenPredefinedFunctionIsAskedForThenItIsDocumented() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!help@1\tfn:getFunctionList")).isEqualTo(
						">1\t\t\"getFunctionList()\\n\\nReturns the names of the functions that you may call.\"");
			}
		});
	}

	@Test
	void whenPeerIdentifiesItselfThenTheServerDoesToo() {
		this.runner
			.withPropertyValues("spring.application.name=warehouse", "irpc.server.connection.max-message-size=64KB",
					"irpc.server.limits.max-running-commands=7")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(
							client.ask("!identify@0\tname=\"desk\"\tversion=\"1.1\"\tfeatures=[\"goaway\",\"errors\"]"))
						.isEqualTo(
								">0\t\t{\"name\":\"warehouse\",\"version\":\"1.1\",\"features\":[\"errors\",\"goaway\"],"
										+ "\"maxMessage\":65536,\"maxInFlight\":7}");
					assertThat(client.ask("!identify@1")).contains("\"features\":[]");
					assertThat(client.ask("!identify@2\tfeatures=7"))
						.startsWith(">2\tException\t\"Argument features: ");
				}
			});
	}

	@Test
	void whenServerIsPingedThenItAnswers() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertThat(client.ask("!ping")).isEqualTo(">\t\tnull");
				assertThat(client.ask("!ping@")).isEqualTo(">x1\t\tnull");
			}
		});
	}

	@IrpcService("zoo")
	static class Zoo {

		public void cat() {
		}

		public void ape() {
		}

		public void bear() {
		}

	}

}
