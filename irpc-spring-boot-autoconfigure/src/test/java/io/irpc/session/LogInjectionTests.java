package io.irpc.session;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a peer cannot write into the log of the server.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogInjectionTests {

	private static final String HOSTILE = "\\n2026-01-01 ERROR forged \\u001b[2J \\u202etxt.exe \\u200b";

	@Test
	void whenFunctionFailsWithTheTextOfAPeerThenTheLogHasItWithoutItsControlCharacters(CapturedOutput output) {
		ServerRunner.of(Functions.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:fail\t=\"" + HOSTILE + "\"")).startsWith(">1\tException");
			}
		});
		assertThat(output).contains("java.lang.IllegalStateException: Cannot handle \\u000a2026-01-01 ERROR forged")
			.contains("Caused by: java.lang.IllegalArgumentException: \\u000a2026-01-01 ERROR forged")
			.contains("at " + Functions.class.getName());
		assertHarmless(output);
	}

	@Test
	void whenPeerSendsHostileNamesThenTheLogHasNoneOfTheirCharacters(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel("io.irpc", LogLevel.DEBUG);
		try {
			ServerRunner.of(Functions.class).run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask("!identify\tname=\"" + HOSTILE + "\"");
					client.ask("!call@1\tfn:fail\t=\"a\"\t=\"b\"\tother=1");
					client.ask("!call@2\tfn:\u202E\u001B[2J");
					client.ask("!\u001B[2J\u202E@\u001B[2J");
					client.ask("\u001B[2J\u202E forged");
					assertThat(client.read()).isNull();
				}
				SessionManager sessions = context.getBean(SessionManager.class);
				await().until(() -> sessions.count() == 0);
			});
		}
		finally {
			logging.setLogLevel("io.irpc", null);
		}
		assertThat(output).contains("ignores the unknown argument #2").contains("Closed: session");
		assertHarmless(output);
	}

	private static void assertHarmless(CapturedOutput output) {
		assertThat(output.toString()).doesNotContain("\n2026-01-01 ERROR forged", "\u001B[2J", "\u202E", "\u200B");
	}

	@IrpcService
	static class Functions {

		public void fail(String text) {
			throw new IllegalStateException("Cannot handle " + text, new IllegalArgumentException(text));
		}

	}

}
