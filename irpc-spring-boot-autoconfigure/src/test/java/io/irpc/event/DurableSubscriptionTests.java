package io.irpc.event;

import java.util.TreeSet;

import io.irpc.annotation.IrpcService;
import io.irpc.event.CallbackTests.Firing;
import io.irpc.journal.CursorStore;
import io.irpc.journal.CursorStore.Subscriber;
import io.irpc.journal.EventJournal;
import io.irpc.journal.Position;
import io.irpc.service.Access;
import io.irpc.service.AccessPolicy;
import io.irpc.service.AccessRule;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server remembers of durable subscriptions (protocol §5.2).
 */
class DurableSubscriptionTests {

	private static final String ADD = "!callback@c\tadd:home\tev:raised\tdurable=true";

	private final ApplicationContextRunner runner = ServerRunner.of(Users.class);

	@Test
	void whenClientComesBackThenItGoesOnBehindTheLastAcknowledgedFiring() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				for (int i = 1; i <= 4; i++) {
					CallbackTests.raise(context, "LOW", i);
				}
				Firing first = CallbackTests.firing(client);
				Firing second = CallbackTests.firing(client);
				Firing third = CallbackTests.firing(client);
				// the first one is missing, so the others do not count yet
				acknowledge(client, second);
				acknowledge(client, third);
				acknowledge(client, first);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=4");
				stored(context, "ann", third.cursor());
			}
			CallbackTests.raise(context, "LOW", 5);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=4");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=5");
			}
			try (RawClient other = connect(context, "bob")) {
				other.ask(ADD);
				CallbackTests.raise(context, "LOW", 6);
				assertThat(CallbackTests.firing(other).arguments()).endsWith("number=6");
			}
		});
	}

	@Test
	void whenAnswersAreOutOfOrderThenOnlyWhatIsCompleteIsRemembered() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.raise(context, "LOW", 2);
				CallbackTests.firing(client);
				acknowledge(client, CallbackTests.firing(client));
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
			}
		});
	}

	@Test
	void whenSubscriptionIsStoppedThenItsCursorStaysAndWhenRemovedItGoes() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				CallbackTests.raise(context, "LOW", 1);
				Firing first = CallbackTests.firing(client);
				acknowledge(client, first);
				stored(context, "ann", first.cursor());
				assertThat(client.ask("!callback@s\tstop:home")).isEqualTo(">s\t\tnull");
				CallbackTests.raise(context, "LOW", 2);
				assertThat(client.ask("!callback@l\tlist:")).isEqualTo(">l\t\t[]");
				assertThat(client.ask("!callback@p\tpeek:home\tev:raised\tdurable=true")).contains("\"count\":1,",
						"\"stored\":true");
				assertThat(CallbackTests.cursor(client.ask(ADD))).isEqualTo(Long.parseLong(first.cursor()));
				acknowledge(client, CallbackTests.firing(client));
				assertThat(client.ask("!callback@r\tremove:home")).isEqualTo(">r\t\tnull");
				assertThat(store(context).find(new Subscriber("ann", "home"))).isNull();
				CallbackTests.raise(context, "LOW", 3);
				assertThat(client.ask(ADD)).startsWith(">c\t\t");
				CallbackTests.raise(context, "LOW", 4);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=4");
			}
			try (RawClient client = connect(context, "ann")) {
				assertThat(client.ask("!callback@r\tremove:home")).isEqualTo(">r\t\tnull");
				assertThat(client.ask("!callback@r\tremove:home")).contains("There is no subscription home");
			}
		});
	}

	@Test
	void whenFiringIsAnsweredByAFailureThenItComesAgain() {
		this.runner.run((context) -> {
			raise(context, 2);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD + "\tsince=\"0\"\twindow=1");
				Firing first = CallbackTests.firing(client);
				client.send(">" + first.id() + "\tException\t\"Shutting down\"");
				acknowledge(client, CallbackTests.firing(client));
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=0");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
			}
		});
	}

	@Test
	void whenFiringIsAnsweredAfterTheStopThenItCountsAndAfterTheRemovalItDoesNot() {
		this.runner.run((context) -> {
			raise(context, 2);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD + "\tsince=\"0\"");
				Firing first = CallbackTests.firing(client);
				Firing second = CallbackTests.firing(client);
				client.ask("!callback@s\tstop:home");
				acknowledge(client, first);
				stored(context, "ann", first.cursor());
				long replaced = CallbackTests.cursor(client.ask(ADD + "\tsince=\"0\"\twindow=1"));
				acknowledge(client, second);
				Firing again = CallbackTests.firing(client);
				assertThat(again.cursor()).isEqualTo(first.cursor());
				client.ask("!callback@r\tremove:home");
				acknowledge(client, again);
				assertThat(CallbackTests.cursor(client.ask(ADD + "\tinitial=\"0\""))).isEqualTo(replaced);
			}
		});
	}

	private static void raise(ApplicationContext context, int count) {
		for (int i = 0; i < count; i++) {
			CallbackTests.raise(context, "LOW", i);
		}
	}

	@Test
	void whenCursorIsGivenThenItTakesThePlaceOfTheStoredOne() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = connect(context, "ann")) {
				long start = CallbackTests.cursor(client.ask(ADD));
				CallbackTests.raise(context, "LOW", 1);
				Firing first = CallbackTests.firing(client);
				acknowledge(client, first);
				stored(context, "ann", first.cursor());
				assertThat(client.ask(ADD + "\tsince=\"" + start + "\"")).startsWith(">c\t\t");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
			}
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
			}
		});
	}

	@Test
	void whenSubscriberKnowsMoreThanIsStoredThenItsCursorCounts() {
		this.runner.run((context) -> {
			raise(context, 3);
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD + "\tsince=\"0\"");
				CallbackTests.firing(client);
				Firing second = CallbackTests.firing(client);
				CallbackTests.firing(client);
				assertThat(CallbackTests.cursor(client.ask(ADD + "\tresume=\"" + second.cursor() + "\"")))
					.isEqualTo(Long.parseLong(second.cursor()));
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=2");
			}
		});
	}

	@Test
	void whenNothingIsStoredThenTheInitialPlaceHolds() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			CallbackTests.raise(context, "LOW", 1);
			try (RawClient client = connect(context, "ann")) {
				assertThat(client.ask(ADD + "\tinitial=\"0\"")).doesNotContain("truncated");
				Firing first = CallbackTests.firing(client);
				assertThat(first.arguments()).endsWith("number=0");
				acknowledge(client, first);
				stored(context, "ann", first.cursor());
			}
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD + "\tinitial=\"0\"");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
			}
		});
	}

	@Test
	void whenOthersOnlyAreRaisedThenTheCursorGoesOnWithThem() {
		this.runner.withPropertyValues("irpc.journal.max-events=10").run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			context.publishEvent(new CallbackTests.Odd(0, ""));
			try (RawClient client = connect(context, "ann")) {
				client.ask(ADD);
				client.ask("!monitor@m\tev:odd");
				// handed over after the subscription has passed it
				for (int i = 1; i <= 50; i++) {
					context.publishEvent(new CallbackTests.Odd(i, ""));
					assertThat(client.read()).startsWith(">m\tSignal");
				}
				client.close();
				stored(context, "ann", context.getBean(EventJournal.class).head().toString());
			}
			try (RawClient client = connect(context, "ann")) {
				Position head = context.getBean(EventJournal.class).head();
				String known = "\"" + (head.value() - 50) + "\"";
				assertThat(client.ask(ADD + "\tresume=" + known)).isEqualTo(">c\t\t{\"cursor\":\"" + head + "\"}");
				assertThat(client.ask(ADD + "\tsince=" + known)).contains("truncated");
			}
		});
	}

	@Test
	void whenApplicationHasUsersThenAnonymousSessionsHaveNoDurableSubscriptions() {
		this.runner.withBean(AccessPolicy.class, LoginRequired::new).run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask(ADD)).startsWith(">c\tException\t")
					.contains("A durable subscription belongs to a user");
				assertThat(client.ask("!callback@c\tadd:home\tev:raised")).startsWith(">c\t\t{\"cursor\":");
				assertThat(client.ask("!callback@r\tremove:home")).isEqualTo(">r\t\tnull");
			}
		});
	}

	@Test
	void whenUserHasTooManyDurableSubscriptionsThenTheNextIsRefused() {
		this.runner.run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			for (int i = 0; i < 256; i++) {
				store(context).set(new Subscriber("ann", "n" + i), new Position(1));
			}
			try (RawClient client = connect(context, "ann"); RawClient other = connect(context, "bob")) {
				assertThat(client.ask(ADD)).contains("Too many durable subscriptions of this user");
				assertThat(client.ask("!callback@c\tadd:n7\tev:raised\tdurable=true")).startsWith(">c\t\t");
				assertThat(other.ask(ADD)).startsWith(">c\t\t");
			}
		});
	}

	private static void acknowledge(RawClient client, Firing firing) {
		client.send(">" + firing.id() + "\t\tnull");
	}

	private static CursorStore store(ApplicationContext context) {
		return context.getBean(CursorStore.class);
	}

	private static void stored(ApplicationContext context, String user, String cursor) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(store(context).find(new Subscriber(user, "home"))).hasToString(cursor));
	}

	private static RawClient connect(ApplicationContext context, String user) {
		RawClient client = ServerRunner.connect(context);
		assertThat(client.ask("!call@b\tfn:become\t=\"" + user + "\"")).isEqualTo(">b\t\tnull");
		return client;
	}

	@IrpcService
	static class Users {

		public void become(String user, IrpcSession session) {
			session.changeUser(new SessionUser(() -> user, new TreeSet<>()));
		}

	}

	private static final class LoginRequired implements AccessPolicy {

		@Override
		public boolean isLoginRequired() {
			return true;
		}

		@Override
		public boolean permits(Access access, IrpcSession session, @Nullable SessionUser user) {
			return true;
		}

		@Override
		public AccessRule describe(Access access) {
			return new AccessRule("everybody", "test");
		}

	}

}
