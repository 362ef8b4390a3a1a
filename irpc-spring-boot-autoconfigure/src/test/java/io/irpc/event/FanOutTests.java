package io.irpc.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcEvent;
import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.payload.Payload;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionListener;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.jackson.JsonNodeDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * One event for many sessions is worked on once, not once for each of them.
 */
class FanOutTests {

	private static final int SESSIONS = 200;

	@Test
	void whenSessionsSelectTheSameThenAnEventIsConvertedAndFilteredOnceForAll() {
		ServerRunner.of(Counting.class).run((context) -> {
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < SESSIONS; i++) {
				clients.add(subscribe(context, "{\"n.gt\":1}"));
			}
			assertThat(work(context, clients)).isEqualTo(new Work(1, 1));
			clients.forEach(RawClient::close);
		});
	}

	@Test
	void whenSessionsSelectInTwoWaysThenAnEventIsConvertedOnceAndFilteredTwice() {
		ServerRunner.of(Counting.class).run((context) -> {
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < SESSIONS; i++) {
				clients.add(subscribe(context, "{\"n.gt\":" + i % 2 + "}"));
			}
			assertThat(work(context, clients)).isEqualTo(new Work(1, 2));
			clients.forEach(RawClient::close);
		});
	}

	@Test
	void whenMuchIsSentToManySessionsAtOnceThenOneIsWrittenBeforeTheNextIsSent() {
		// six times as much as all sessions may hold
		String text = "x".repeat(60 * 1024);
		ServerRunner.of(Counting.class)
			.withBean(Opened.class)
			.withPropertyValues("irpc.server.limits.max-memory=1MB")
			.run((context) -> {
				List<RawClient> clients = new ArrayList<>();
				for (int i = 0; i < SESSIONS / 2; i++) {
					clients.add(subscribe(context, "{\"text.exists\":true}"));
				}
				// as if the event loops had something else to do meanwhile
				CountDownLatch free = new CountDownLatch(1);
				context.getBean(Opened.class).sessions.forEach((session) -> session.eventLoop()
					.execute(() -> assertThatNoException().isThrownBy(free::await)));
				Position next = new Position(context.getBean(EventJournal.class).head().value() + 1);
				context.getBean(SubscriptionRegistry.class)
					.broadcast(context.getBean(SubscriptionEnvironment.class)
						.selections()
						.selectAll(List.of(new JournalEntry(next, "spread", Instant.now(),
								Payload.ofJson("{\"text\":\"" + text + "\"}"), null))));
				free.countDown();
				for (RawClient client : clients) {
					assertThat(client.read()).startsWith("!callback@0\tfired:s\t").endsWith(text + "\"");
					assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				}
				clients.forEach(RawClient::close);
			});
	}

	private static RawClient subscribe(ApplicationContext context, String where) {
		assertThat(context.getBean(EventTypeRegistry.class).find(Spread.class)).isNotNull();
		RawClient client = ServerRunner.connect(context);
		assertThat(client.ask("!callback@c\tadd:s\tev:spread\twhere=" + where)).startsWith(">c\t\t{\"cursor\":");
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> String.valueOf(client.ask("!callback@l\tlist:")).contains("\"live\""));
		return client;
	}

	// the work for one event that all are sent
	private static Work work(ApplicationContext context, List<RawClient> clients) {
		Counters counters = context.getBean(Counters.class);
		counters.filtered.set(0);
		context.publishEvent(new Spread(2, counters.converted));
		for (RawClient client : clients) {
			assertThat(client.read()).startsWith("!callback@0\tfired:s\tcursor:").endsWith("\tn=2");
		}
		return new Work(counters.converted.get(), counters.filtered.get());
	}

	@IrpcEvent("spread")
	static class Spread {

		private final int number;

		private final AtomicInteger conversions;

		Spread(int number, AtomicInteger conversions) {
			this.number = number;
			this.conversions = conversions;
		}

		public int getN() {
			this.conversions.incrementAndGet();
			return this.number;
		}

	}

	private record Work(int conversions, int filterings) {

	}

	static final class Counters {

		final AtomicInteger converted = new AtomicInteger();

		final AtomicInteger filtered = new AtomicInteger();

	}

	static final class Opened implements SessionListener {

		final Queue<IrpcSession> sessions = new ConcurrentLinkedQueue<>();

		@Override
		public void opened(IrpcSession session) {
			this.sessions.add(session);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		Counters counters() {
			return new Counters();
		}

		// what a filter looks at is read as a tree
		@Bean
		JacksonModule trees(Counters counters) {
			return new SimpleModule("trees").addDeserializer(JsonNode.class, new StdDeserializer<>(JsonNode.class) {

				@Override
				public JsonNode deserialize(JsonParser parser, DeserializationContext context) {
					counters.filtered.incrementAndGet();
					return JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(parser, context);
				}

			});
		}

	}

}
