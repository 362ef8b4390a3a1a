package io.irpc.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every session sees the same order and misses nothing that is retained, however slow it
 * is (protocol §5.1 and §8).
 */
class EventDeliveryTests {

	private static final String TEXT = "x".repeat(16 * 1024);

	private final ApplicationContextRunner runner = ServerRunner.of(Blocking.class);

	private final ApplicationContextRunner slowRunner = this.runner.withPropertyValues(
			"irpc.server.connection.max-message-size=64KB", "irpc.server.connection.high-water-mark=64KB",
			"irpc.server.connection.low-water-mark=32KB", "irpc.server.connection.slow-peer-timeout=10m");

	@Test
	void whenManyThreadsPublishThenEverySessionSeesTheSameOrderWithoutALoss() {
		this.runner.run((context) -> {
			know(context);
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				RawClient client = ServerRunner.connect(context);
				clients.add(client);
				assertThat(client.ask("!monitor@m\tev:delivered")).isEqualTo(">m\t\tnull");
			}
			List<CompletableFuture<List<String>>> received = clients.stream()
				.map((client) -> CompletableFuture.supplyAsync(() -> read(client, 8000)))
				.toList();
			List<CompletableFuture<Void>> publishers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				int publisher = i;
				publishers.add(CompletableFuture.runAsync(() -> {
					for (int n = 0; n < 2000; n++) {
						context.publishEvent(new Delivered(publisher, n, ""));
					}
				}, (task) -> new Thread(task).start()));
			}
			publishers.forEach(CompletableFuture::join);
			List<String> first = received.get(0).get(30, TimeUnit.SECONDS);
			assertThat(first).doesNotHaveDuplicates();
			for (int i = 0; i < 4; i++) {
				String head = "{\"publisher\":" + i + ",";
				List<String> ofPublisher = first.stream().filter((signal) -> signal.contains(head)).toList();
				assertThat(ofPublisher).hasSize(2000);
				for (int n = 0; n < 2000; n++) {
					assertThat(ofPublisher.get(n)).contains("\"number\":" + n + ",");
				}
			}
			assertThat(received.get(1).get(30, TimeUnit.SECONDS)).isEqualTo(first);
			assertThat(received.get(2).get(30, TimeUnit.SECONDS)).isEqualTo(first);
			clients.forEach(RawClient::close);
		});
	}

	@Test
	void whenSessionDoesNotReadThenItGetsEverythingLaterAndOthersAreNotDelayed() {
		this.slowRunner.run((context) -> {
			know(context);
			try (RawClient slow = ServerRunner.connect(context); RawClient fast = ServerRunner.connect(context)) {
				assertThat(slow.ask("!monitor@s\tev:delivered")).isEqualTo(">s\t\tnull");
				assertThat(fast.ask("!monitor@f\tev:delivered")).isEqualTo(">f\t\tnull");
				// more than any buffer of the operating system and than the server would
				// hold for a session before it ends it
				int count = 1500;
				CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(context, 0, count));
				for (int i = 0; i < count; i++) {
					assertThat(fast.read()).startsWith(">f\tSignal\t{\"publisher\":0,\"number\":" + i + ",");
				}
				publisher.join();
				for (int i = 0; i < count; i++) {
					assertThat(slow.read()).startsWith(">s\tSignal\t{\"publisher\":0,\"number\":" + i + ",");
				}
				context.publishEvent(new Delivered(1, 0, ""));
				assertThat(slow.read()).startsWith(">s\tSignal\t{\"publisher\":1,");
				assertThat(slow.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenSubscriberOfCallbackDoesNotReadThenItTakesNoMemoryAndDoesNotDelayOthers() {
		// what it is to get is 24 times as much as all sessions may hold
		this.slowRunner.withPropertyValues("irpc.server.limits.max-memory=1MB").run((context) -> {
			know(context);
			try (RawClient deaf = ServerRunner.connect(context); RawClient fast = ServerRunner.connect(context)) {
				assertThat(deaf.ask("!callback@c\tadd:d\tev:delivered")).startsWith(">c\t\t{\"cursor\":");
				assertThat(fast.ask("!callback@c\tadd:f\tev:delivered")).startsWith(">c\t\t{\"cursor\":");
				int count = 1500;
				CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(context, 0, count));
				for (int i = 0; i < count; i++) {
					acknowledge(fast, i);
				}
				publisher.join();
				for (int i = 0; i < count; i++) {
					acknowledge(deaf, i);
				}
				assertThat(deaf.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenEventsAreGoneMeanwhileThenTheSessionGoesOnBehindTheGap() {
		this.slowRunner.withPropertyValues("irpc.journal.max-events=10").run((context) -> {
			know(context);
			try (RawClient slow = ServerRunner.connect(context)) {
				assertThat(slow.ask("!monitor@s\tev:delivered")).isEqualTo(">s\t\tnull");
				publish(context, 0, 1500);
				context.publishEvent(new Delivered(1, 0, "end"));
				List<Integer> numbers = new ArrayList<>();
				String line = String.valueOf(slow.read());
				while (!line.contains("\"publisher\":1,")) {
					int start = line.indexOf("\"number\":") + 9;
					numbers.add(Integer.valueOf(line.substring(start, line.indexOf(',', start))));
					line = String.valueOf(slow.read());
				}
				assertThat(numbers).isSorted().doesNotHaveDuplicates().endsWith(1499).hasSizeLessThan(1500);
				assertThat(slow.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenServerIsStoppedAndStartedThenEventsAreDeliveredAgain() {
		this.runner
			.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=1",
					"spring.lifecycle.timeout-per-shutdown-phase=100ms")
			.run((context) -> {
				know(context);
				try (RawClient client = ServerRunner.connect(context)) {
					client.send("!call@1\tfn:block");
					assertThat(context.getBean(Blocking.class).entered.await(10, TimeUnit.SECONDS)).isTrue();
					// its delivery waits for the only thread and is dropped with it
					context.publishEvent(new Delivered(0, 0, ""));
					context.getSourceApplicationContext().stop();
				}
				context.publishEvent(new Delivered(0, 1, ""));
				context.getSourceApplicationContext().start();
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!monitor@m\tev:delivered")).isEqualTo(">m\t\tnull");
					// the first ones may be read from the journal while the monitor
					// begins
					for (int i = 2; i < 12; i++) {
						context.publishEvent(new Delivered(0, i, ""));
						assertThat(client.read()).startsWith(">m\tSignal\t{\"publisher\":0,\"number\":" + i + ",");
					}
				}
			});
	}

	@Test
	void whenSessionsEndThenOthersStillReceive() {
		this.runner.run((context) -> {
			know(context);
			try (RawClient stays = ServerRunner.connect(context)) {
				assertThat(stays.ask("!monitor@m\tev:delivered")).isEqualTo(">m\t\tnull");
				try (RawClient leaves = ServerRunner.connect(context)) {
					assertThat(leaves.ask("!monitor@m\tev:delivered")).isEqualTo(">m\t\tnull");
				}
				for (int i = 0; i < 10; i++) {
					context.publishEvent(new Delivered(0, i, ""));
					assertThat(stays.read()).contains("\"number\":" + i + ",");
				}
				assertThat(context.getBean(SessionManager.class).count()).isPositive();
			}
			assertThat(entries(context)).hasSize(10);
		});
	}

	/**
	 * Read the journal of an application.
	 * @param context the application
	 * @return all that it retains
	 */
	static List<JournalEntry> entries(ApplicationContext context) {
		EventJournal journal = context.getBean(EventJournal.class);
		return journal.read(journal.oldest(), null, 100).entries();
	}

	private static void know(ApplicationContext context) {
		assertThat(context.getBean(EventTypeRegistry.class).find(Delivered.class)).isNotNull();
	}

	private static void publish(ApplicationContext context, int publisher, int count) {
		for (int i = 0; i < count; i++) {
			context.publishEvent(new Delivered(publisher, i, TEXT));
		}
	}

	private static void acknowledge(RawClient client, int number) {
		String firing = String.valueOf(client.read());
		assertThat(firing).startsWith("!callback@").contains("\tnumber=" + number + "\t");
		client.send(">" + firing.substring("!callback@".length(), firing.indexOf('\t')) + "\t\tnull");
	}

	private static List<String> read(RawClient client, int count) {
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			lines.add(String.valueOf(client.read()));
		}
		return lines;
	}

	@IrpcEvent("delivered")
	record Delivered(int publisher, int number, String text) {

	}

	@IrpcService
	static class Blocking {

		final CountDownLatch entered = new CountDownLatch(1);

		public void block() throws InterruptedException {
			this.entered.countDown();
			new CountDownLatch(1).await();
		}

	}

}
