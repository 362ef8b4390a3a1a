package io.irpc.observation;

import java.nio.file.Path;
import java.time.Duration;

import io.irpc.event.SubscriptionRegistry;
import io.irpc.journal.EventJournal;
import io.irpc.observation.MeteredApplication.Done;
import io.irpc.observation.MeteredApplication.Work;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters of a running application tell.
 */
class MetersTests {

	private static final String LOGIN = "!call@l\tfn:login\tusername=\"ann\"\tpassword=";

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@TempDir
	private Path directory;

	@Test
	void sessionsAreCountedByStateAndUser() {
		runner().run((context) -> {
			MeteredApplication.awaitHome(context);
			try (RawClient stranger = ServerRunner.connect(context); RawClient ann = ServerRunner.connect(context)) {
				stranger.ask("!ping@1");
				assertThat(ann.ask(LOGIN + "\"secret\"")).isEqualTo(">l\t\ttrue");
				await().until(() -> sessions("anonymous") == 1 && sessions("authenticated") == 2);
				assertThat(value("irpc.server.sessions.opened")).isEqualTo(3);
			}
			await().until(() -> sessions("anonymous") == 0 && sessions("authenticated") == 1);
			assertThat(value("irpc.server.sessions.opened")).isEqualTo(3);
		});
	}

	@Test
	void commandsAreCountedWhileTheyRunOrWait() {
		runner().withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			try (RawClient ann = ServerRunner.connect(context)) {
				ann.ask(LOGIN + "\"secret\"");
				ann.send("!call@1\tfn:block").send("!call@2\tfn:block").send("!call@3\tfn:block");
				await().until(() -> value("irpc.server.commands", "state", "parked") == 2);
				await().until(() -> value("irpc.server.commands", "state", "running") == 1);
				context.getBean(Work.class).release();
				await().until(() -> value("irpc.server.commands", "state", "parked") == 0);
			}
		});
	}

	@Test
	void whatServerAndClientHaveSentEachOtherIsTheSame() {
		runner().run((context) -> {
			MeteredApplication.awaitHome(context);
			await().untilAsserted(() -> {
				for (String meter : new String[] { "messages", "traffic" }) {
					assertThat(value("irpc.server." + meter, "direction", "in")).isPositive()
						.isEqualTo(value("irpc.client." + meter, "direction", "out"));
					assertThat(value("irpc.server." + meter, "direction", "out")).isPositive()
						.isEqualTo(value("irpc.client." + meter, "direction", "in"));
				}
			});
			assertThat(value("irpc.server.memory.max"))
				.isGreaterThan(context.getBean(SessionManager.class).usedMemory());
		});
	}

	@Test
	void loginsAreCountedByTheirEnds() {
		runner().withPropertyValues("irpc.server.login.initial-delay=20ms", "irpc.server.login.max-delay=20ms")
			.run((context) -> {
				MeteredApplication.awaitHome(context);
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask(LOGIN + "\"wrong\"");
					client.ask(LOGIN + "\"wrong\"");
					client.ask(LOGIN + "\"secret\"");
				}
				assertThat(value("irpc.server.logins", "outcome", "refused")).isEqualTo(2);
				assertThat(value("irpc.server.logins", "outcome", "accepted")).isEqualTo(2);
				assertThat(value("irpc.server.logins", "outcome", "failed")).isZero();
				assertThat(value("irpc.server.logins.delayed")).isBetween(1.0, 2.0);
			});
	}

	@Test
	void refusalsAreCountedByLimit() {
		runner().run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("GET / HTTP/1.1");
				client.read();
			}
			await().until(() -> value("irpc.server.limits.exceeded", "limit", "foreign-protocol") == 1);
			assertThat(value("irpc.server.limits.exceeded", "limit", "memory")).isZero();
		});
	}

	@Test
	void subscriptionsAreCountedWithTheirLag() {
		runner().run((context) -> {
			MeteredApplication.awaitHome(context);
			try (RawClient ann = ServerRunner.connect(context)) {
				ann.ask(LOGIN + "\"secret\"");
				ann.ask("!callback@c\tadd:slow\tev:done\twindow=2");
				await().until(() -> value("irpc.server.subscriptions", "state", "live") == 2);
				for (int i = 1; i <= 3; i++) {
					context.publishEvent(new Done(i));
				}
				await().until(() -> value("irpc.server.subscriptions.acknowledgements") == 3);
				await().until(() -> value("irpc.server.subscriptions.deliveries") == 5);
				await().until(() -> value("irpc.server.subscriptions.lag") == 3);
				assertThat(value("irpc.server.subscriptions.lag.max")).isEqualTo(3);
				assertThat(value("irpc.server.subscriptions", "state", "replaying")).isEqualTo(1);
				await().until(() -> value("irpc.server.subscriptions.behind.max") > 0);
				assertThat(value("irpc.server.subscriptions.behind"))
					.isEqualTo(value("irpc.server.subscriptions.behind.max"));
				assertThat(value("irpc.server.subscriptions.fallbacks")).isPositive();
			}
			await().until(() -> value("irpc.server.subscriptions.lag") == 0);
			assertThat(value("irpc.server.subscriptions.deliveries")).isEqualTo(5);
			assertThat(context.getBean(SubscriptionRegistry.class).figures()).hasSize(1);
		});
	}

	@Test
	void journalInADatabaseTellsHowManyEntriesItHasAndHowOldTheyAre() {
		runner().run((context) -> {
			double start = value("irpc.journal.head");
			context.publishEvent(new Done(1));
			context.publishEvent(new Done(2));
			await().until(() -> value("irpc.journal.head") == start + 2);
			await().until(() -> value("irpc.journal.entries") == 2);
			await().until(() -> value("irpc.journal.age") > 0);
			assertThat(value("irpc.journal.size")).isNaN();
		});
		assertThat(value("irpc.journal.entries")).as("when the application has stopped").isIn(2.0, Double.NaN);
	}

	@Test
	void journalInMemoryTellsItsSizeAsWell() {
		runner().withPropertyValues("irpc.journal.type=memory").run((context) -> {
			await().until(() -> value("irpc.journal.size") == 0);
			context.publishEvent(new Done(1));
			await().until(() -> value("irpc.journal.size") == "{\"number\":1}".length());
			assertThat(value("irpc.journal.entries")).isEqualTo(1);
			assertThat(value("irpc.journal.head")).isEqualTo(context.getBean(EventJournal.class).head().value());
		});
	}

	@Test
	void clientsTellTheirStateAndHowOftenTheyHadToConnectAgain() {
		runner().run((context) -> {
			MeteredApplication.awaitHome(context);
			assertThat(value("irpc.client.connections")).isEqualTo(1);
			assertThat(value("irpc.client.reconnects")).isZero();
			assertThat(value("irpc.client.state", "state", "connected")).isEqualTo(1);
			assertThat(value("irpc.client.state", "state", "disconnected")).isZero();
			double failures = value("irpc.client.connect.failures");
			context.getBean(SessionManager.class).sessions().forEach((session) -> session.close("test"));
			await().until(() -> value("irpc.client.reconnects") == 1);
			MeteredApplication.awaitHome(context);
			assertThat(value("irpc.client.connections")).isEqualTo(2);
			assertThat(value("irpc.client.connect.failures")).as("a loss is no failed attempt").isEqualTo(failures);
		});
	}

	@Test
	void clientsTellHowOftenTheyTriedInVain() {
		runner().withPropertyValues("irpc.server.enabled=false").run((context) -> {
			await().until(() -> value("irpc.client.connect.failures") > 1);
			assertThat(value("irpc.client.connections")).isZero();
			assertThat(value("irpc.client.reconnects")).isZero();
			assertThat(value("irpc.client.state", "state", "connected")).isZero();
		});
	}

	private ApplicationContextRunner runner() {
		return MeteredApplication.runner(this.registry, this.directory);
	}

	private double sessions(String user) {
		return value("irpc.server.sessions", "user", user, "state", "ready");
	}

	private double value(String name, String... tags) {
		return this.registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

}
