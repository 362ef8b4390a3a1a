package io.irpc.event;

import java.time.Clock;
import java.time.Duration;

import io.irpc.event.SubscriptionFigures.State;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.journal.Position;
import io.irpc.journal.Retention;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can be known of subscriptions.
 */
class SubscriptionFiguresTests {

	private static final Duration AGE = Duration.ofHours(1);

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenFiringsAreAcknowledgedThenTheLagShrinksToNothing() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:home\tev:raised\tdurable=true");
				await().until(() -> only(context).state() == State.LIVE);
				Position start = only(context).cursor();
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.raise(context, "LOW", 2);
				String first = CallbackTests.firing(client).id();
				String second = CallbackTests.firing(client).id();
				SubscriptionFigures waiting = only(context);
				assertThat(waiting.lag()).isEqualTo(2);
				assertThat(waiting.deliveries()).isEqualTo(2);
				assertThat(waiting.acknowledgements()).isZero();
				assertThat(waiting.cursor()).isEqualTo(start);
				assertThat(waiting.behind()).isBetween(Duration.ZERO, AGE);
				client.send(">" + first + "\t\tnull");
				await().until(() -> only(context).lag() == 1);
				client.send(">" + second + "\t\tnull");
				await().until(() -> only(context).lag() == 0);
				SubscriptionFigures done = only(context);
				assertThat(done).isEqualTo(new SubscriptionFigures(waiting.session(), "callback", "home", "raised",
						null, State.LIVE, true, new Position(start.value() + 2), 0, Duration.ZERO, 2, 2));
			}
			await().until(() -> registry(context).figures().isEmpty());
			assertThat(registry(context).counts().deliveries()).isEqualTo(2);
			assertThat(registry(context).counts().acknowledgements()).isEqualTo(2);
		});
	}

	@Test
	void whenEventsAreNotSelectedThenTheyAreNoLag() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:home\tev:raised\twhere={\"severity.equals\":\"HIGH\"}");
				await().until(() -> only(context).state() == State.LIVE);
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.raise(context, "LOW", 2);
				Position head = context.getBean(EventJournal.class).head();
				await().until(() -> only(context).cursor().equals(head));
				assertThat(only(context)).extracting(SubscriptionFigures::lag, SubscriptionFigures::behind)
					.containsExactly(0L, Duration.ZERO);
			}
		});
	}

	@Test
	void whenOldEventsAreReplayedThenTheLagInTimeIsTheAgeOfTheOldestUnacknowledged() {
		InMemoryEventJournal journal = journal(Clock.offset(Clock.systemUTC(), AGE.negated()));
		this.runner.withBean(EventJournal.class, () -> journal).run((context) -> {
			for (int i = 1; i <= 3; i++) {
				CallbackTests.raise(context, "LOW", i);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:home\tev:raised\tsince=\"0\"\twindow=1");
				String first = CallbackTests.firing(client).id();
				SubscriptionFigures figures = only(context);
				assertThat(figures.state()).isEqualTo(State.REPLAYING);
				assertThat(figures.durable()).isFalse();
				assertThat(figures.lag()).isEqualTo(3);
				assertThat(figures.behind()).isBetween(AGE, AGE.multipliedBy(2));
				client.send(">" + first + "\tException\t\"no\"");
				// a failure is no acknowledgement, although it is not sent again
				await().until(() -> only(context).lag() == 2);
				assertThat(only(context).acknowledgements()).isZero();
			}
		});
	}

	@Test
	void whenSessionTakesNoMoreThenTheMonitorFallsBackAndThatIsCounted() {
		this.runner
			.withPropertyValues("irpc.server.connection.high-water-mark=64KB",
					"irpc.server.connection.low-water-mark=32KB")
			.run((context) -> {
				CallbackTests.raise(context, "LOW", 0);
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask("!monitor@m\tev:raised");
					await().until(() -> only(context).state() == State.LIVE);
					String severity = "x".repeat(30_000);
					await().until(() -> {
						for (int i = 0; i < 50; i++) {
							CallbackTests.raise(context, severity, i);
						}
						SubscriptionFigures now = only(context);
						return now.state() == State.REPLAYING && now.lag() > 0;
					});
					SubscriptionFigures figures = only(context);
					assertThat(figures.command()).isEqualTo("monitor");
					assertThat(figures.name()).isEqualTo("m");
					assertThat(figures.behind()).isBetween(Duration.ZERO, AGE);
					assertThat(figures.deliveries()).isPositive();
					assertThat(registry(context).counts().fallBacks()).isPositive();
				}
			});
	}

	@Test
	void whenAMonitorIsSentEverythingThenItIsNotBehind() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!monitor@m\tev:raised");
				await().until(() -> only(context).state() == State.LIVE);
				for (int i = 1; i <= 3; i++) {
					CallbackTests.raise(context, "LOW", i);
					assertThat(client.read()).startsWith(">m\tSignal");
				}
				await().untilAsserted(() -> assertThat(only(context).lag()).isZero());
				assertThat(only(context).deliveries()).isEqualTo(3);
			}
		});
	}

	@Test
	void whenEventsAskedForAreGoneThenThatIsCounted() {
		InMemoryEventJournal journal = new InMemoryEventJournal(new Retention(1, 1_000_000, AGE.multipliedBy(9)),
				Clock.systemUTC());
		this.runner.withBean(EventJournal.class, () -> journal).run((context) -> {
			Position start = journal.head();
			for (int i = 1; i <= 3; i++) {
				CallbackTests.raise(context, "LOW", i);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!callback@c\tadd:home\tev:raised\tsince=\"" + start + "\""))
					.contains("\"truncated\":true");
				assertThat(registry(context).counts().truncations()).isEqualTo(1);
			}
		});
	}

	private static InMemoryEventJournal journal(Clock clock) {
		return new InMemoryEventJournal(new Retention(1000, 1_000_000, AGE.multipliedBy(9)), clock);
	}

	private static SubscriptionFigures only(ApplicationContext context) {
		return registry(context).figures().get(0);
	}

	private static SubscriptionRegistry registry(ApplicationContext context) {
		return context.getBean(SubscriptionRegistry.class);
	}

}
