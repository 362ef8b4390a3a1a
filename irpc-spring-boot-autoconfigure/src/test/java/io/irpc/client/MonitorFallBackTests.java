package io.irpc.client;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.client.EventGap.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of subscriptions at servers that know {@code monitor} only (protocol §5).
 */
@ExtendWith(OutputCaptureExtension.class)
class MonitorFallBackTests {

	private final CallbackServer server = new CallbackServer();

	private final IrpcClient client = TestClients.of(this.server.port());

	private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

	@BeforeEach
	void speakTheBaseOnly() {
		this.server.add = (line) -> CallbackServer.UNKNOWN;
	}

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void theClientFiltersAndChangesEventsItself() throws InterruptedException {
		EventSubscription subscription = this.client.subscribe("errs")
			.to("errorRaised", Error.class)
			.where("severity")
			.in("HIGH", "FATAL")
			.removeArguments("trace")
			.addArguments(Map.of("monitor", "home"))
			.onDelivery(this.seen::add);
		subscription.whenActive().join();
		assertThat(subscription.isReplayable()).isFalse();
		String id = this.server.nextMonitor();
		this.server.send(">" + id + "\tSignal\t{\"n\":1,\"severity\":\"LOW\",\"trace\":\"t\"}");
		this.server.send(">" + id + "\tSignal\t{\"n\":2,\"severity\":\"HIGH\",\"trace\":\"t\"}");
		assertThat(next()).isEqualTo(new EventDelivery<>(new Error(2, "HIGH", null, "home"), null, 1));
		assertThat(this.seen).isEmpty();
	}

	@Test
	void aFailedHandlerIsCalledAgain() throws InterruptedException {
		BlockingQueue<Object> failures = new LinkedBlockingQueue<>();
		IllegalStateException failure = new IllegalStateException("on purpose");
		errors().backOff(new FixedBackOff(1, 1)).onError(failures::add).onDelivery((delivery) -> {
			this.seen.add(delivery.attempt());
			throw failure;
		}).whenActive().join();
		this.server.send(">" + this.server.nextMonitor() + "\tSignal\t{\"n\":1}");
		assertThat(CallbackServer.next(failures))
			.isEqualTo(new EventFailure<>("errs", "errorRaised", null, new Error(1, null, null, null), 2, failure));
		assertThat(this.seen).containsExactly(1, 2);
	}

	@Test
	void theLogSaysOnceThatThereIsNoReplay(CapturedOutput output) throws InterruptedException {
		errors().onEvent(this.seen::add).whenActive().join();
		this.server.nextMonitor();
		this.server.cut();
		this.server.nextMonitor();
		assertThat(output).containsOnlyOnce("The server knows no callback, so the subscription errs");
	}

	@Test
	void whatWasAskedForAndWhatIsMissedBetweenConnectionsIsAGap() throws InterruptedException {
		errors().durable().onGap(this.seen::add).onEvent(this.seen::add).whenActive().join();
		EventGap gap = new EventGap("errs", "errorRaised", Reason.LIVE_ONLY, null);
		assertThat(next()).isEqualTo(gap);
		this.server.nextMonitor();
		this.server.cut();
		String id = this.server.nextMonitor();
		assertThat(next()).isEqualTo(gap);
		this.server.send(">" + id + "\tSignal\t{\"n\":1}");
		assertThat(next()).isEqualTo(new Error(1, null, null, null));
	}

	@Test
	void aLiveSubscriptionBeginsWithoutAGap() throws InterruptedException {
		errors().onGap(this.seen::add).onEvent(this.seen::add).whenActive().join();
		this.server.send(">" + this.server.nextMonitor() + "\tSignal\t{\"n\":1}");
		assertThat(next()).isEqualTo(new Error(1, null, null, null));
	}

	@Test
	void moreThanTheClientKeepsIsAGap() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		errors().onGap(this.seen::add).onEvent((error) -> {
			running.countDown();
			SubscribeTests.await(release);
			this.seen.add(error.n());
		}).whenActive().join();
		String firing = ">" + this.server.nextMonitor() + "\tSignal\t{\"n\":";
		this.server.send(firing + "0}");
		SubscribeTests.await(running);
		StringBuilder lines = new StringBuilder();
		for (int i = 1; i <= 10_500; i++) {
			lines.append(firing).append(i).append("}\n");
		}
		this.server.send(lines.toString().strip());
		this.server.sync();
		release.countDown();
		for (int i = 0; i <= 10_000; i++) {
			assertThat(next()).isEqualTo(i);
		}
		assertThat(next()).isEqualTo(new EventGap("errs", "errorRaised", Reason.OVERRUN, null));
		this.server.send(firing + "20000}");
		assertThat(next()).isEqualTo(20000);
	}

	@Test
	void aLaterServerThatCanReplayIsAskedTo() throws InterruptedException {
		EventSubscription subscription = errors().onEvent(this.seen::add);
		subscription.whenActive().join();
		this.server.nextMonitor();
		this.server.nextAdd();
		this.server.add = (line) -> "\t{\"cursor\":\"7\"}";
		this.server.cut();
		this.server.nextAdd();
		subscription.whenActive().join();
		assertThat(subscription.isReplayable()).isTrue();
		this.server.fireErrors(8);
		assertThat(next()).isEqualTo(new Error(8, null, null, null));
		assertThat(this.server.nextAnswer()).isEqualTo(">f8\t\tnull");
	}

	@Test
	void closingEndsTheMonitor() throws InterruptedException {
		EventSubscription subscription = errors().durable().onEvent(this.seen::add);
		subscription.whenActive().join();
		String id = this.server.nextMonitor();
		subscription.close();
		assertThat(this.server.nextMonitor()).isEqualTo(id);
	}

	private EventSubscriptionSpec<Error> errors() {
		return this.client.subscribe("errs").to("errorRaised", Error.class);
	}

	private Object next() throws InterruptedException {
		return CallbackServer.next(this.seen);
	}

	record Error(int n, @Nullable String severity, @Nullable String trace, @Nullable String monitor) {

	}

}
