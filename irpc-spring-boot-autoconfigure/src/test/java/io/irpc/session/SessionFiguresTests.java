package io.irpc.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.irpc.annotation.IrpcService;
import io.irpc.journal.TestClock;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can be known of sessions while they are open and after.
 */
class SessionFiguresTests {

	private static final String CALL = "!call@1\tfn:echo\t=\"höher\"";

	private static final String ANSWER = ">1\t\t\"höher\"";

	// the line feeds included, and two letters take two bytes
	private static final int CALL_BYTES = CALL.length() + 2;

	private static final int ANSWER_BYTES = ANSWER.length() + 2;

	@Test
	void whenMessagesCrossTheLineThenTheyAndTheirBytesAreCounted() {
		ServerRunner.of(Functions.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("# a comment\n");
				assertThat(client.ask(CALL)).isEqualTo(ANSWER);
				assertThat(client.ask(CALL)).isEqualTo(ANSWER);
				Traffic expected = new Traffic(2, "# a comment\n\n".length() + 2L * CALL_BYTES, 2, 2L * ANSWER_BYTES);
				await().untilAsserted(() -> assertThat(only(context).figures().traffic()).isEqualTo(expected));
				assertThat(sessions(context).traffic()).isEqualTo(expected);
			}
		});
	}

	@Test
	void whenSessionsAreClosedThenTheSumsStayAndGrowWithThoseThatFollow() {
		ServerRunner.of(Functions.class).run((context) -> {
			for (int i = 1; i <= 3; i++) {
				Traffic expected = new Traffic(i, (long) i * CALL_BYTES, i, (long) i * ANSWER_BYTES);
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask(CALL)).isEqualTo(ANSWER);
				}
				await().until(() -> sessions(context).sessions().isEmpty());
				await().untilAsserted(() -> assertThat(sessions(context).traffic()).isEqualTo(expected));
				assertThat(sessions(context).openedCount()).isEqualTo(i);
			}
		});
	}

	@Test
	void whenCommandsWaitForOthersThenBothKindsAreCounted() {
		ServerRunner.of(Functions.class)
			.withPropertyValues("irpc.server.limits.max-running-commands=2")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					for (int i = 1; i <= 5; i++) {
						client.send("!call@" + i + "\tfn:block");
					}
					client.send("!call\tfn:block");
					await().until(() -> sessions(context).parkedCommands() == 4);
					assertThat(sessions(context).runningCommands()).isEqualTo(2);
					assertThat(only(context).figures())
						.extracting(SessionFigures::runningCommands, SessionFigures::parkedCommands)
						.containsExactly(2, 4);
					context.getBean(Functions.class).release.countDown();
					await().until(() -> sessions(context).runningCommands() == 0);
					assertThat(sessions(context).parkedCommands()).isZero();
				}
			});
	}

	@Test
	void whenPeerOnlyProvesItsLifeThenThatIsNoActivity() {
		TestClock clock = new TestClock();
		Instant opened = clock.instant();
		SessionActivity activity = new SessionActivity(clock, new TrafficCounter(null));
		clock.forward(Duration.ofSeconds(30));
		activity.received(false);
		activity.bytesReceived(6);
		assertThat(lastActivity(activity)).isEqualTo(opened);
		activity.received(true);
		activity.received(false);
		activity.bytesReceived(20);
		assertThat(lastActivity(activity)).isEqualTo(clock.instant());
		Instant active = clock.instant();
		clock.forward(Duration.ofSeconds(30));
		activity.bytesReceived(1);
		assertThat(lastActivity(activity)).isEqualTo(active);
		assertThat(activity.figures(new AcceptedCommands(new MemoryBudget(1, Set.of()))).traffic())
			.isEqualTo(new Traffic(3, 27, 0, 0));
	}

	@Test
	void whenPeerPingsThenItsLastActivityStaysAndWhenItCallsItMoves() {
		ServerRunner.of(Functions.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!ping@p");
				SessionFigures figures = only(context).figures();
				assertThat(figures.lastActivity()).isEqualTo(Instant.ofEpochMilli(figures.opened().toEpochMilli()));
				await().until(() -> {
					client.ask(CALL);
					return only(context).figures().lastActivity().isAfter(figures.lastActivity());
				});
			}
		});
	}

	private static Instant lastActivity(SessionActivity activity) {
		return activity.figures(new AcceptedCommands(new MemoryBudget(1, Set.of()))).lastActivity();
	}

	private static IrpcSession only(ApplicationContext context) {
		return sessions(context).sessions().get(0);
	}

	private static SessionManager sessions(ApplicationContext context) {
		return context.getBean(SessionManager.class);
	}

	@IrpcService
	static final class Functions {

		private final CountDownLatch release = new CountDownLatch(1);

		public String echo(String text) {
			return text;
		}

		public void block() throws InterruptedException {
			this.release.await();
		}

	}

}
