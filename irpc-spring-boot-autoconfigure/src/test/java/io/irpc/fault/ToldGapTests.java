package io.irpc.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import io.irpc.client.EventSubscriptionSpec;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.test.BadLink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where the journal has dropped events before a subscription could take them, it is told
 * of a gap at that place; there is none elsewhere (protocol §5.2).
 */
class ToldGapTests {

	private static final int RETAINED = 20;

	private static final int WINDOW = 4;

	private static final int LAST = 300;

	private static final long GAP = -1;

	private static final Duration QUIET = Duration.ofSeconds(20);

	private final List<Long> seen = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenEventsAreDroppedWhileThereIsNoLinkThenTheGapIsTold(boolean durable) {
		run(durable, (number) -> {
		}, (context, link) -> {
			link.freeze();
			link.reset();
			raise(context, 2, LAST);
			link.heal();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenEventsAreDroppedWhileTheHandlerIsBusyThenTheGapIsTold(boolean durable) {
		CountDownLatch busy = new CountDownLatch(1);
		run(durable, (number) -> {
			if (number == 2) {
				busy.await();
			}
		}, (context, link) -> {
			raise(context, 2, LAST);
			busy.countDown();
		});
	}

	private void run(boolean durable, Handler handler, Scene scene) {
		ProxiedClients.server().withPropertyValues("irpc.journal.max-events=" + RETAINED).run((context) -> {
			try (BadLink link = BadLink.to(context.getBean(IrpcServer.class).port());
					IrpcClient client = ProxiedClients.client(link)) {
				subscribe(client, durable, handler);
				raise(context, 1, 1);
				await().atMost(QUIET).until(() -> this.seen.contains(1L));
				scene.play(context, link);
				await().atMost(QUIET).until(() -> this.seen.contains((long) LAST));
			}
		});
		assertThat(this.seen).filteredOn((number) -> number == GAP).isNotEmpty();
		long before = 0;
		boolean gap = false;
		for (long number : this.seen) {
			if (number != GAP) {
				assertThat(number > before + 1).as("events are missing between %s and %s", before, number)
					.isEqualTo(gap);
				before = number;
			}
			gap = number == GAP;
		}
	}

	private void subscribe(IrpcClient client, boolean durable, Handler handler) throws Exception {
		EventSubscriptionSpec<NumberedEvent> subscription = client.subscribe("gaps")
			.to(NumberedEvent.NAME, NumberedEvent.class)
			.window(WINDOW)
			.onGap((gap) -> this.seen.add(GAP));
		Consumer<NumberedEvent> consumer = (event) -> {
			this.seen.add(event.number());
			try {
				handler.handle(event.number());
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		};
		(durable ? subscription.durable() : subscription).onEvent(consumer).whenActive().get();
	}

	private static void raise(ApplicationContext context, long first, long last) {
		LongStream.rangeClosed(first, last).forEach((number) -> context.publishEvent(new NumberedEvent(1, number)));
	}

	/**
	 * What the handler does with an event.
	 */
	@FunctionalInterface
	private interface Handler {

		void handle(long number) throws InterruptedException;

	}

	/**
	 * What happens behind the first event.
	 */
	@FunctionalInterface
	private interface Scene {

		void play(ApplicationContext context, BadLink link);

	}

}
