package io.irpc.event;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcService;
import io.irpc.journal.CursorStore;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryCursorStore;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.support.DelegatingJournal;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deliveries when journal, store or functions do not do their part.
 */
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionFailureTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Blocking.class);

	@Test
	void whenJournalCannotBeReadThenTheSubscriptionGoesOnWhenItCan(CapturedOutput output) {
		FailingJournal journal = new FailingJournal();
		this.runner.withBean(EventJournal.class, () -> journal).run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				journal.failures.set(2);
				assertThat(client.ask("!callback@c\tadd:a\tev:raised\tlast=1")).startsWith(">c\t\t");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=0");
				journal.failures.set(2);
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.raise(context, "LOW", 2);
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=2");
			}
		});
		assertThat(output).contains("Cannot read the journal for session").contains("out of order");
	}

	@Test
	void whenStoreFailsThenCursorsAreStoredLater() {
		AtomicInteger failures = new AtomicInteger(1);
		InMemoryCursorStore store = new InMemoryCursorStore();
		CursorStore failing = new FailingStore(store, failures);
		this.runner.withBean(CursorStore.class, () -> failing).run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised\tdurable=true");
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.Firing firing = CallbackTests.firing(client);
				client.send(">" + firing.id() + "\t\tnull");
				Awaitility.await()
					.untilAsserted(() -> assertThat(store.find(new CursorStore.Subscriber("", "a")))
						.hasToString(firing.cursor()));
				assertThat(failures.get()).isNegative();
			}
		});
	}

	@Test
	void whenServerStopsThenWhatIsAcknowledgedIsStored() {
		InMemoryCursorStore store = new InMemoryCursorStore();
		String[] cursor = new String[1];
		this.runner.withBean(CursorStore.class, () -> store).run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised\tdurable=true");
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.Firing firing = CallbackTests.firing(client);
				client.send(">" + firing.id() + "\t\tnull");
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				cursor[0] = firing.cursor();
				context.getSourceApplicationContext().stop();
			}
		});
		assertThat(store.find(new CursorStore.Subscriber("", "a"))).hasToString(cursor[0]);
	}

	@Test
	void whenAllThreadsOfFunctionsAreBlockedThenEventsAreDelivered() {
		this.runner.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=1")
			.run((context) -> {
				CallbackTests.raise(context, "LOW", 0);
				Blocking blocking = context.getBean(Blocking.class);
				try (RawClient client = ServerRunner.connect(context);
						RawClient other = ServerRunner.connect(context)) {
					client.ask("!callback@c\tadd:a\tev:raised");
					other.send("!call@b\tfn:block");
					assertThat(blocking.entered.await(10, TimeUnit.SECONDS)).isTrue();
					CallbackTests.raise(context, "LOW", 1);
					assertThat(CallbackTests.firing(client).arguments()).endsWith("number=1");
				}
				finally {
					blocking.go.countDown();
				}
			});
	}

	@Test
	void whenSessionsHoldMuchMemoryThenASubscriberGetsOneFiringAtATime() {
		this.runner.withPropertyValues("irpc.server.limits.max-memory=4MB").run((context) -> {
			CallbackTests.raise(context, "LOW", 0);
			Blocking blocking = context.getBean(Blocking.class);
			try (RawClient client = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
				for (int i = 0; i < 3; i++) {
					other.send("!call@b" + i + "\tfn:block\ttext=\"" + "x".repeat(800_000) + "\"");
				}
				assertThat(other.ask("!ping@p")).isEqualTo(">p\t\tnull");
				client.ask("!callback@c\tadd:a\tev:raised");
				CallbackTests.raise(context, "LOW", 1);
				CallbackTests.raise(context, "LOW", 2);
				CallbackTests.raise(context, "LOW", 3);
				CallbackTests.Firing first = CallbackTests.firing(client);
				Awaitility.await().until(() -> client.ask("!callback@l\tlist:"), (list) -> list.contains("replaying"));
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				blocking.go.countDown();
				for (int i = 0; i < 3; i++) {
					assertThat(other.read()).startsWith(">b").endsWith("\t\ttrue");
				}
				client.send(">" + first.id() + "\t\tnull");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=2");
				assertThat(CallbackTests.firing(client).arguments()).endsWith("number=3");
			}
		});
	}

	@IrpcService
	static class Blocking {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		public boolean block() throws InterruptedException {
			this.entered.countDown();
			return this.go.await(10, TimeUnit.SECONDS);
		}

	}

	private static final class FailingJournal extends DelegatingJournal {

		private final AtomicInteger failures = new AtomicInteger();

		@Override
		public JournalPage read(Position after, @Nullable String event, int limit) {
			int failure = this.failures.getAndDecrement();
			if (failure > 1) {
				throw new OutOfMemoryError("out of order");
			}
			if (failure > 0) {
				throw new IllegalStateException("out of order");
			}
			return super.read(after, event, limit);
		}

	}

	private record FailingStore(CursorStore store, AtomicInteger failures) implements CursorStore {

		@Override
		public @Nullable Position find(Subscriber subscriber) {
			return this.store.find(subscriber);
		}

		@Override
		public void set(Subscriber subscriber, Position position) {
			this.store.set(subscriber, position);
		}

		@Override
		public void advance(Map<Subscriber, Position> cursors) {
			if (this.failures.getAndDecrement() > 0) {
				throw new IllegalStateException("out of order");
			}
			this.store.advance(cursors);
		}

		@Override
		public void remove(Subscriber subscriber) {
			this.store.remove(subscriber);
		}

		@Override
		public int count(String user) {
			return this.store.count(user);
		}

	}

}
