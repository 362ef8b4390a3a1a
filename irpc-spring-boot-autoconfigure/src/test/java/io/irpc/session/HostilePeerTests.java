package io.irpc.session;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.protocol.Limit;
import io.irpc.protocol.Refusals;
import io.irpc.server.MemoryBound;
import io.irpc.service.Access;
import io.irpc.service.AccessPolicy;
import io.irpc.service.AccessRule;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of peers that want too much: told, closed, counted and logged (protocol
 * §8).
 */
@ExtendWith(OutputCaptureExtension.class)
class HostilePeerTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	private final ApplicationContextRunner loginRequired = this.runner.withBean(AccessPolicy.class, LoginRequired::new);

	@Test
	void whenThereAreTooManySessionsThenTheNextIsToldAndClosed(CapturedOutput output) {
		this.runner.withPropertyValues("irpc.server.limits.max-sessions=1").run((context) -> {
			try (RawClient first = ServerRunner.connect(context)) {
				assertThat(first.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertRefused(context, "Too many sessions (sessions, expected: <= 1)");
				assertThat(first.ask("!ping@2")).isEqualTo(">2\t\tnull");
			}
			assertThat(count(context, Limit.SESSIONS)).isOne();
			await().until(() -> sessions(context).count() == 0);
			try (RawClient next = ServerRunner.connect(context)) {
				assertThat(next.ask("!ping@1")).isEqualTo(">1\t\tnull");
			}
		});
		assertThat(output).contains("Refused (sessions): ");
	}

	@Test
	void whenThereAreTooManySessionsThenPeerThatUnderstandsIsToldWhenToComeAgain() {
		this.runner.withPropertyValues("irpc.server.limits.max-sessions=1").run((context) -> {
			try (RawClient first = ServerRunner.connect(context)) {
				assertThat(first.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertThat(refused(context, "!identify@0\tfeatures=[\"errors\"]"))
					.matches(">0\tException\t\\{\"code\":\"unavailable\",\"message\":\"Too many sessions .*\","
							+ "\"details\":\\{\"retry\":[5-9][0-9][0-9]}}");
				String text = "\tException\t\"Too many sessions (sessions, expected: <= 1)\"";
				assertThat(refused(context, "!identify@a\tfeatures=[\"trace\"]")).isEqualTo(">a" + text);
				assertThat(refused(context, "!identify\tfeatures=7")).isEqualTo(">" + text);
				assertThat(refused(context, "!call@b\tfn:add\tfeatures=[\"errors\"]")).isEqualTo(">b" + text);
				assertThat(refused(context, "!identify@0\tname=\"" + "x".repeat(4096) + "\"")).isEqualTo(">" + text);
			}
		});
	}

	@Test
	void whenAnAddressHasTooManySessionsThenTheNextIsToldAndClosed() {
		this.runner.withPropertyValues("irpc.server.limits.max-sessions-per-address=1").run((context) -> {
			try (RawClient first = ServerRunner.connect(context)) {
				assertThat(first.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertRefused(context, "Too many sessions (sessions-per-address, expected: <= 1)");
			}
			assertThat(count(context, Limit.SESSIONS_PER_ADDRESS)).isOne();
		});
	}

	@Test
	void whenTooManyHaveNotLoggedInThenTheNextIsRefusedUntilOneDoes() {
		this.loginRequired.withPropertyValues("irpc.server.limits.max-anonymous-sessions-per-address=1")
			.run((context) -> {
				try (RawClient first = ServerRunner.connect(context)) {
					assertThat(first.ask("!ping@1")).isEqualTo(">1\t\tnull");
					assertRefused(context, "Too many sessions (anonymous-sessions-per-address, expected: <= 1)");
					assertThat(first.ask("!call@2\tfn:enter")).isEqualTo(">2\t\tnull");
					assertThat(first.ask("!ping@3")).isEqualTo(">3\t\tnull");
					try (RawClient second = ServerRunner.connect(context)) {
						assertThat(second.ask("!ping@1")).isEqualTo(">1\t\tnull");
					}
				}
				assertThat(count(context, Limit.ANONYMOUS_SESSIONS_PER_ADDRESS)).isOne();
			});
	}

	@Test
	void whenLoginIsNotRequiredThenAnonymousSessionsAreNotLimited() {
		this.runner
			.withPropertyValues("irpc.server.limits.max-anonymous-sessions-per-address=1",
					"irpc.server.limits.login-timeout=1ms")
			.run((context) -> {
				try (RawClient first = ServerRunner.connect(context);
						RawClient second = ServerRunner.connect(context)) {
					assertThat(first.ask("!ping@1")).isEqualTo(">1\t\tnull");
					assertThat(second.ask("!ping@1")).isEqualTo(">1\t\tnull");
				}
			});
	}

	@Test
	void whenPeerDoesNotLogInThenNothingElseExtendsItsTime() {
		this.loginRequired.withPropertyValues("irpc.server.limits.login-timeout=300ms").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				String answer = ">1\t\tnull";
				while (answer.equals(">1\t\tnull")) {
					answer = String.valueOf(client.ask("#\n\n!ping@1"));
				}
				assertThat(answer).isEqualTo(">\tException\t\"No login within 0 s\"");
				assertThat(client.read()).isNull();
			}
			assertThat(count(context, Limit.LOGIN_TIME)).isOne();
		});
	}

	@Test
	void whenPeerHasLoggedInThenItStaysAndWhenItLogsOutItsTimeBeginsAgain() {
		this.loginRequired.withPropertyValues("irpc.server.limits.login-timeout=300ms").run((context) -> {
			try (RawClient first = ServerRunner.connect(context); RawClient second = ServerRunner.connect(context)) {
				assertThat(first.ask("!call@1\tfn:enter")).isEqualTo(">1\t\tnull");
				// the time of the second one began after that of the first one
				assertThat(second.ask("")).startsWith(">\tException\t\"No login within");
				assertThat(first.ask("!call@2\tfn:leave")).isEqualTo(">2\t\tnull");
				assertThat(first.read()).startsWith(">\tException\t\"No login within");
			}
		});
	}

	@Test
	void whenLoginIsBeingCheckedThenItsEndIsAwaited() {
		this.loginRequired.withPropertyValues("irpc.server.limits.login-timeout=500ms").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient good = ServerRunner.connect(context); RawClient bad = ServerRunner.connect(context)) {
				good.ask("!call@1\tfn:check\t=true");
				bad.ask("!call@1\tfn:check\t=false");
				try (RawClient idle = ServerRunner.connect(context)) {
					// whose time began after theirs
					assertThat(idle.ask("")).startsWith(">\tException\t\"No login within");
				}
				assertThat(good.ask("!ping@2")).isEqualTo(">2\t\tnull");
				functions.checked.complete(null);
				assertThat(bad.read()).startsWith(">\tException\t\"No login within");
				assertThat(bad.read()).isNull();
				assertThat(good.ask("!ping@3")).isEqualTo(">3\t\tnull");
			}
		});
	}

	@Test
	void whenLoginIsRequiredThenStrangersMaySendShortLinesOnly() {
		this.loginRequired.run((context) -> {
			String line = "!call@1\tfn:length\t=\"" + "x".repeat(9000) + "\"";
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask(line)).isEqualTo(">\tException\t\"Line too long (expected: <= 8192 bytes)\"");
				assertThat(client.read()).isNull();
			}
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call\tfn:enter");
				assertThat(client.ask(line)).isEqualTo(">1\t\t9000");
			}
			assertThat(count(context, Limit.MESSAGE_LENGTH)).isOne();
		});
	}

	@Test
	void whenSessionsHoldTooMuchThenTheLargestAnonymousOneIsClosedFirst() {
		this.runner
			.withPropertyValues("irpc.server.limits.max-memory=1MB", "irpc.server.connection.max-message-size=2MB")
			.run((context) -> {
				try (RawClient user = ServerRunner.connect(context);
						RawClient small = ServerRunner.connect(context);
						RawClient large = ServerRunner.connect(context)) {
					user.ask("!call\tfn:enter");
					hold(context, user, 250_000);
					hold(context, small, 100_000);
					hold(context, large, 200_000);
					large.sendBytes("x".repeat(800_000).getBytes(StandardCharsets.UTF_8));
					assertThat(large.read()).startsWith(">\tException\t\"The sessions of this server hold too much");
					assertThat(small.ask("\"\n!ping@1")).startsWith(">");
					assertThat(user.ask("\"")).isEqualTo(">1\t\t250000");
				}
				assertThat(count(context, Limit.MEMORY)).isOne();
				await().until(() -> sessions(context).usedMemory() == 0);
			});
	}

	@Test
	void whenCommandsHoldTooMuchThenTheirSessionIsClosedAndTheyAreCountedUntilTheyEnd() {
		this.runner.withPropertyValues("irpc.server.limits.max-memory=1MB").run((context) -> {
			try (RawClient large = ServerRunner.connect(context)) {
				String line = "!call@\tfn:block\t=\"" + "x".repeat(18_000) + "\"\n";
				large.send(line);
				context.getBean(Functions.class).blocked.await();
				large.send(line.repeat(55));
				await().until(() -> count(context, Limit.MEMORY) == 1 && sessions(context).count() == 0);
				assertThat(sessions(context).usedMemory()).isPositive();
			}
			context.getBean(Functions.class).release.countDown();
			await().until(() -> sessions(context).usedMemory() == 0);
		});
	}

	@Test
	void whenThereIsNoMemoryForACommandThenItIsRefusedAndControlIsNot() {
		this.runner.withPropertyValues("irpc.server.limits.max-memory=1KB").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:length\t=\"abc\""))
					.startsWith(">1\tException\t\"The commands of all sessions take too much memory");
				assertThat(client.ask("!ping@2")).isEqualTo(">2\t\tnull");
			}
			assertThat(count(context, Limit.MEMORY)).isOne();
		});
	}

	@Test
	void whenPeersReadNothingThenTheSlowestIsClosedWhenMemoryIsShort() {
		this.runner
			.withPropertyValues("irpc.server.limits.max-memory=2MB", "irpc.server.connection.high-water-mark=8MB",
					"irpc.server.connection.low-water-mark=4MB")
			.run((context) -> {
				try (RawClient slow = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
					slow.ask("!call\tfn:enter");
					other.ask("!call\tfn:enter");
					slow.send("!call@\tfn:text\t=500000\n".repeat(100));
					await().until(() -> sessions(context).count() == 1);
					assertThat(other.ask("!ping@2")).isEqualTo(">2\t\tnull");
				}
				assertThat(count(context, Limit.MEMORY)).isPositive();
				await().until(() -> sessions(context).usedMemory() == 0);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "SSH-2.0-OpenSSH_9.9\r\n", "\u0016\u0003\u0001\u0002",
			"EHLO a" })
	void whenPeerSpeaksAnotherProtocolThenItIsToldInOneLineAndTheLogStaysQuiet(String text, CapturedOutput output) {
		this.runner.withPropertyValues("irpc.server.ssl.enabled=false").run((context) -> {
			for (int i = 0; i < 20; i++) {
				try (RawClient client = ServerRunner.connect(context)) {
					client.sendBytes(text.getBytes(StandardCharsets.ISO_8859_1));
					assertThat(client.read()).startsWith(">\tException\t\"A line starts with");
					assertThat(client.read()).isNull();
				}
			}
			assertThat(count(context, Limit.FOREIGN_PROTOCOL)).isEqualTo(20);
		});
		// contexts that other tests share are in this process only
		assertThat(output.toString()
			.lines()
			.filter((line) -> line.contains("WARN") || line.contains("ERROR"))
			.filter((line) -> !line.contains("local:"))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "#\n", "\r\n", "!ping@1\n" })
	void whenPeersFloodThenOthersAreAnswered(String line) {
		this.runner.run((context) -> {
			try (RawClient flooder = ServerRunner.connect(context); RawClient client = ServerRunner.connect(context)) {
				flooder.sendBytes((line.repeat(10_000) + "!ping@last\n").getBytes(StandardCharsets.UTF_8));
				for (int i = 0; i < 10; i++) {
					assertThat(client.ask("!call@" + i + "\tfn:length\t=\"abc\"")).isEqualTo(">" + i + "\t\t3");
				}
				assertThat(Stream.generate(flooder::read).anyMatch(">last\t\tnull"::equals)).isTrue();
			}
		});
	}

	@Test
	void whenTooManyResponsesAnswerNothingThenThePeerIsToldOnceAndClosed() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.sendBytes(">x\t\t1\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
				assertThat(client.read()).isEqualTo(">\tException\t\"Too many responses that answer nothing\"");
				assertThat(client.read()).isNull();
			}
			assertThat(count(context, Limit.UNKNOWN_RESPONSES)).isOne();
		});
	}

	@Test
	void whenPeerAnswersNoPingThenItIsNotPingedAgain() {
		this.runner
			.withPropertyValues("irpc.server.connection.ping-interval=50ms",
					"irpc.server.connection.idle-timeout=500ms")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("")).isEqualTo("!ping@0");
					assertThat(client.read()).startsWith(">\tException\t\"nothing received for");
					assertThat(client.read()).isNull();
				}
				assertThat(count(context, Limit.IDLE_TIME)).isOne();
			});
	}

	@Test
	void whenServerStartsThenItsMemoryBoundIsLogged(CapturedOutput output) {
		this.runner
			.withPropertyValues("irpc.server.limits.max-memory=100MB", "irpc.server.limits.max-sessions=640",
					"irpc.journal.max-size=1MB", "irpc.journal.max-events=1")
			.run((context) -> {
				MemoryBound bound = context.getBean(MemoryBound.class);
				assertThat(bound.parts()).containsEntry("sessions", 100L * 1024 * 1024)
					.containsEntry("connections", 10L * 1024 * 1024)
					.containsKeys("journal", "messages at work", "buffers");
				assertThat(bound.total()).isEqualTo(bound.parts().values().stream().mapToLong(Long::longValue).sum());
				assertThat(output).contains("IRPC memory bound: " + bound)
					.contains("(sessions 100 MiB, commands of closed sessions 100 MiB, connections 10 MiB");
			});
	}

	private static void hold(ApplicationContext context, RawClient client, int bytes) {
		long before = sessions(context).usedMemory();
		client.sendBytes(("!call@1\tfn:length\t=\"" + "x".repeat(bytes)).getBytes(StandardCharsets.UTF_8));
		await().until(() -> sessions(context).usedMemory() >= before + bytes);
	}

	private static @Nullable String refused(ApplicationContext context, String line) {
		try (RawClient client = ServerRunner.connect(context)) {
			String answer = client.ask(line);
			assertThat(client.read()).isNull();
			return answer;
		}
	}

	private static void assertRefused(ApplicationContext context, String message) {
		try (RawClient refused = ServerRunner.connect(context)) {
			assertThat(refused.ask("")).isEqualTo(">\tException\t\"" + message + "\"");
			assertThat(refused.read()).isNull();
		}
	}

	private static long count(ApplicationContext context, Limit limit) {
		return context.getBean(Refusals.class).count(limit);
	}

	private static SessionManager sessions(ApplicationContext context) {
		return context.getBean(SessionManager.class);
	}

	@IrpcService
	static class Functions {

		final CompletableFuture<Void> checked = new CompletableFuture<>();

		final CountDownLatch blocked = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		public void enter(IrpcSession session) {
			session.changeUser(new SessionUser(() -> "user", new TreeSet<>()));
		}

		public void leave(IrpcSession session) {
			session.changeUser(null);
		}

		public void check(boolean known, IrpcSession session) {
			session.hold(this.checked.thenRun(() -> {
				if (known) {
					enter(session);
				}
			}));
		}

		public void block(String text) throws InterruptedException {
			this.blocked.countDown();
			this.release.await();
		}

		public int length(String text) {
			return text.length();
		}

		public String text(int length) {
			return "x".repeat(length);
		}

	}

	private static final class LoginRequired implements AccessPolicy {

		@Override
		public boolean isLoginRequired() {
			return true;
		}

		@Override
		public @Nullable AccessRule describe(Access access) {
			return AccessPolicy.OPEN.describe(access);
		}

		@Override
		public boolean permits(Access access, IrpcSession session, @Nullable SessionUser user) {
			return true;
		}

	}

}
