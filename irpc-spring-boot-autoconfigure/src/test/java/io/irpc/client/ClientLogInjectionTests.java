package io.irpc.client;

import java.util.concurrent.CompletionException;

import io.irpc.support.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a server cannot write into the log of a client.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientLogInjectionTests {

	private static final String SAFE = "no \\u000aERROR forged \\u001b[2J \\u202etxt.exe";

	@Test
	void whenServerRefusesWithHostileTextThenLogAndExceptionsHaveNoneOfItsCharacters(CapturedOutput output) {
		try (ScriptedServer server = new ScriptedServer(0, ClientLogInjectionTests::refuse);
				IrpcClient client = TestClients.of(server.port())) {
			client.connect();
			EventSubscription subscription = client.listen("alarm", String.class, (event) -> {
			});
			assertThatThrownBy(() -> subscription.whenActive().join()).isInstanceOf(CompletionException.class)
				.cause()
				.hasMessage(SAFE);
			assertThatThrownBy(() -> client.call("any").retrieve(String.class)).hasMessage(SAFE);
		}
		assertThat(output).contains("refuses the subscription to the event alarm: " + SAFE);
		assertThat(output.toString()).doesNotContain("\nERROR forged", "\u001B[2J", "\u202E");
	}

	private static String refuse(String line) {
		int at = line.indexOf('@');
		String id = line.substring(at + 1, line.indexOf('\t', at));
		return ">" + id + "\tException\t\"no \\nERROR forged \\u001b[2J \\u202etxt.exe\"";
	}

}
