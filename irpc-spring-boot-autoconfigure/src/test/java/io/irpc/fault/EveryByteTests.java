package io.irpc.fault;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

import io.irpc.call.IrpcClientException;
import io.irpc.client.EventSubscriptionSpec;
import io.irpc.client.IrpcClient;
import io.irpc.journal.CursorStore;
import io.irpc.journal.EventJournal;
import io.irpc.server.IrpcServer;
import io.irpc.test.BadLink;
import io.irpc.test.Ending;
import io.irpc.test.Side;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The first exchange of a durable subscription (connection, login, subscription, five
 * firings and their acknowledgements) is cut behind each single byte: the client connects
 * again, handles each event in order and once, and all are acknowledged in the end
 * (protocol §5.2).
 */
class EveryByteTests {

	private static final String NAME = "every";

	private static final int EVENTS = 5;

	private static final Duration QUIET = Duration.ofSeconds(20);

	private static final Duration POLL = Duration.ofMillis(1);

	@ParameterizedTest
	@EnumSource
	void whenLinkIsCutAnywhereThenEachEventIsHandledOnceAndInOrder(Side sender) {
		ProxiedClients.server().run((context) -> {
			try (BadLink link = BadLink.to(context.getBean(IrpcServer.class).port())) {
				long cuts = 0;
				while (subscribe(context, link, sender, cuts)) {
					cuts++;
				}
				System.out.println("EveryByteTests: cut behind " + cuts + " bytes of the " + sender);
				assertThat(cuts).as("bytes of the exchange").isGreaterThan(200);
			}
		});
	}

	// false if the exchange was over before
	private boolean subscribe(ApplicationContext context, BadLink link, Side sender, long cut) {
		String start = context.getBean(EventJournal.class).head().toString();
		List<Long> raised = LongStream.rangeClosed(1, EVENTS).map((i) -> EVENTS * cut + i).boxed().toList();
		raised.forEach((number) -> context.publishEvent(new NumberedEvent(1, number)));
		Queue<Long> handled = new ConcurrentLinkedQueue<>();
		int opened = link.connections();
		link.cutNextAfter(sender, cut, ending(cut));
		try (IrpcClient client = ProxiedClients.client(link)) {
			EventSubscriptionSpec<NumberedEvent> subscription = client.subscribe(NAME)
				.to(NumberedEvent.NAME, NumberedEvent.class)
				.durable()
				.initially(start);
			subscription.onEvent((event) -> handled.add(event.number()));
			await("events " + cut).atMost(QUIET)
				.pollDelay(POLL)
				.pollInterval(POLL)
				.until(() -> handled.size() >= EVENTS);
			await("acknowledgements " + cut).atMost(QUIET)
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.until(() -> isAcknowledged(subscription));
		}
		assertThat(handled).as("events handled " + cut).containsExactlyElementsOf(raised);
		context.getBean(CursorStore.class).remove(new CursorStore.Subscriber(ProxiedClients.USER, NAME));
		return link.connections() > opened + 1;
	}

	// behind the acknowledgements on the same link, or on the next one
	private static boolean isAcknowledged(EventSubscriptionSpec<NumberedEvent> subscription) {
		try {
			return subscription.peek().count() == 0;
		}
		catch (IrpcClientException ex) {
			return false;
		}
	}

	private static Ending ending(long cuts) {
		return (cuts % 2 == 0) ? Ending.RESET : Ending.FINISH;
	}

}
