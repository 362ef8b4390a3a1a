package io.irpc.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens to more commands than a session may have (protocol §8).
 */
class SessionLimitTests {

	private static final String KILOBYTE = "\"" + "x".repeat(1000) + "\"";

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class)
		.withPropertyValues("irpc.server.limits.max-running-commands=2", "irpc.server.limits.max-waiting-size=7KB");

	@Test
	void whenTooManyCommandsRunThenMoreAreParkedUntilOneEnds() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 1; i <= 6; i++) {
					client.send("!call@" + i + "\tfn:block");
				}
				await().until(() -> functions.running.get() == 2);
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				functions.release.countDown();
				assertThat(List.of(read(client), read(client), read(client), read(client), read(client), read(client)))
					.containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
				assertThat(functions.mostRunning).hasValue(2);
			}
		});
	}

	@Test
	void whenTooManyBytesWaitThenCommandsAreRefusedAndTheOthersGoOn() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				for (int i = 1; i <= 3; i++) {
					client.send("!call@" + i + "\tfn:block\t=" + KILOBYTE);
				}
				assertThat(client.ask("!call@4\tfn:block\t=" + KILOBYTE))
					.startsWith(">4\tException\t{\"code\":\"resource_exhausted\"")
					.contains("7168 bytes");
				assertThat(client.ask("!ping@5")).isEqualTo(">5\t\tnull");
				assertThat(client.ask("!identify@6")).startsWith(">6\t\t{");
				functions.release.countDown();
				assertThat(List.of(read(client), read(client), read(client))).containsExactlyInAnyOrder("1", "2", "3");
				assertThat(client.ask("!call@7\tfn:block\t=" + KILOBYTE)).isEqualTo(">7\t\tnull");
			}
		});
	}

	@Test
	void whenOneCommandIsLongerThanMayWaitThenItRunsAlone() {
		this.runner.run((context) -> {
			context.getBean(Functions.class).release.countDown();
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:block\t=\"" + "x".repeat(10_000) + "\"")).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void whenCommandsWithoutAnIdCannotWaitThenTheyAreRefusedInTheirTurn() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 1; i <= 4; i++) {
					client.send("!call\tfn:block\t=" + KILOBYTE);
				}
				client.send("!call\tno parameter");
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				context.getBean(Functions.class).release.countDown();
				assertThat(List.of(line(client), line(client), line(client))).containsOnly(">\t\tnull");
				assertThat(client.read()).startsWith(">\tException\t\"Too many commands wait");
				assertThat(client.read()).startsWith(">\tException\t\"Bad parameter");
				assertThat(client.ask("!call\tfn:block\t=" + KILOBYTE)).isEqualTo(">\t\tnull");
			}
		});
	}

	@Test
	void whenRefusalsOfCommandsWithoutAnIdPileUpThenTheSessionEnds() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send(("!call\tfn:block\t=" + KILOBYTE + "\n").repeat(100));
				assertThat(client.read()).isEqualTo(">\tException\t\"Too many commands wait\"");
				assertThat(client.read()).isNull();
			}
			context.getBean(Functions.class).release.countDown();
		});
	}

	@Test
	void whenSessionEndsThenItsParkedCommandsAreForgotten() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 1; i <= 6; i++) {
					client.send("!call@" + i + "\tfn:block");
				}
				await().until(() -> functions.running.get() == 2);
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				// a reset: a mere end of input still waits for its answers
				client.socket().setSoLinger(true, 0);
			}
			SessionManager sessions = context.getBean(SessionManager.class);
			await().until(() -> sessions.count() == 0);
			functions.release.countDown();
			await().until(() -> functions.running.get() == 0);
			assertThat(functions.begun).hasValue(2);
		});
	}

	@Test
	void whenAnswerIsTooLongThenTheCallFails() {
		this.runner.withPropertyValues("irpc.server.connection.max-message-size=2KB").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:text\t=1000")).hasSize(1006);
				assertThat(client.ask("!call@1\tfn:text\t=3000"))
					.isEqualTo(">1\tException\t\"The answer is too long: 3006 bytes (expected: <= 2048)\"");
			}
		});
	}

	private static String line(RawClient client) {
		return String.valueOf(client.read());
	}

	private static String read(RawClient client) {
		String line = String.valueOf(client.read());
		assertThat(line).matches(">\\d\t\tnull");
		return line.substring(1, 2);
	}

	@IrpcService
	static class Functions {

		final CountDownLatch release = new CountDownLatch(1);

		final AtomicInteger running = new AtomicInteger();

		final AtomicInteger mostRunning = new AtomicInteger();

		final AtomicInteger begun = new AtomicInteger();

		public void block(Optional<String> text) throws InterruptedException {
			this.begun.incrementAndGet();
			this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
			this.release.await();
			this.running.decrementAndGet();
		}

		public String text(int length) {
			return "x".repeat(length);
		}

	}

}
