package io.irpc.client;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.client.EventGap.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how an application learns that events are missing (protocol §5.2).
 */
class EventGapTests {

	private final CallbackServer server = new CallbackServer();

	private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

	private final IrpcClient client = TestClients.of(this.server.port(), new Gaps());

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void aGapAtTheBeginningIsToldBeforeTheFirstEvent() throws InterruptedException {
		this.server.add = (line) -> "\t{\"cursor\":\"40\",\"truncated\":true}";
		errors().since("7").onGap(this.seen::add).onEvent(this.seen::add).whenActive().join();
		this.server.fireErrors(41);
		assertThat(next()).isEqualTo(gap(Reason.TRUNCATED, "40"));
		assertThat(next()).isEqualTo(new SubscribeTests.Error(41));
		this.server.nextAdd();
		assertThat(this.server.nextAnswer()).isEqualTo(">f41\t\tnull");
		this.server.add = (line) -> "\t{\"cursor\":\"41\"}";
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("since=\"41\"");
	}

	@Test
	void aGapAfterALostConnectionIsToldBehindWhatIsStillInProcess() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		EventSubscription subscription = errors().onGap(this.seen::add).onEvent((error) -> {
			running.countDown();
			SubscribeTests.await(release);
			this.seen.add(error);
		});
		subscription.whenActive().join();
		this.server.nextAdd();
		this.server.fireErrors(1, 2);
		SubscribeTests.await(running);
		this.server.sync();
		this.server.add = (line) -> "\t{\"cursor\":\"40\",\"truncated\":true}";
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("since=\"0\"");
		subscription.whenActive().join();
		this.server.fireErrors(41);
		release.countDown();
		assertThat(next()).isEqualTo(new SubscribeTests.Error(1));
		assertThat(next()).isEqualTo(new SubscribeTests.Error(2));
		assertThat(next()).isEqualTo(gap(Reason.TRUNCATED, "40"));
		assertThat(next()).isEqualTo(new SubscribeTests.Error(41));
		assertThat(this.server.nextAnswer()).isEqualTo(">f41\t\tnull");
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("since=\"41\"");
	}

	@Test
	void aServerThatHasLostItsJournalIsNotTakenForTheOldOne() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		EventSubscription subscription = errors().onGap(this.seen::add).onEvent((error) -> {
			SubscribeTests.await(release);
			this.seen.add(error);
		});
		subscription.whenActive().join();
		this.server.nextAdd();
		this.server.fireErrors(1);
		this.server.sync();
		this.server.add = (line) -> "\t{\"cursor\":\"0\",\"truncated\":true}";
		this.server.cut();
		this.server.nextAdd();
		subscription.whenActive().join();
		this.server.fire("b1", "fired:errs\tcursor:1\tn=100");
		release.countDown();
		assertThat(this.server.nextAnswer()).isEqualTo(">b1\t\tnull");
		assertThat(this.seen).containsSubsequence(List.of(gap(Reason.TRUNCATED, "0"), new SubscribeTests.Error(100)));
	}

	@Test
	void aGapBetweenEventsIsToldBetweenThemAndAcknowledged() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch told = new CountDownLatch(1);
		errors().concurrency(3).onGap((gap) -> {
			told.countDown();
			SubscribeTests.await(release);
			this.seen.add(gap);
		}).onEvent(this.seen::add).whenActive().join();
		this.server.nextAdd();
		this.server.fireErrors(1);
		assertThat(next()).isEqualTo(new SubscribeTests.Error(1));
		this.server.fire("g", "fired:errs\tcursor:40\ttruncated:true");
		this.server.fireErrors(41, 42);
		SubscribeTests.await(told);
		this.server.sync();
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		assertThat(this.server.answers()).isEmpty();
		release.countDown();
		assertThat(next()).isEqualTo(gap(Reason.TRUNCATED, "40"));
		assertThat(List.of(next(), next())).containsExactlyInAnyOrder(new SubscribeTests.Error(41),
				new SubscribeTests.Error(42));
		assertThat(List.of(this.server.nextAnswer(), this.server.nextAnswer(), this.server.nextAnswer()))
			.containsExactlyInAnyOrder(">g\t\tnull", ">f41\t\tnull", ">f42\t\tnull");
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("since=\"42\"");
	}

	@Test
	void aFailingGapHandlerDoesNotStopTheEvents() throws InterruptedException {
		this.server.add = (line) -> "\t{\"cursor\":\"40\",\"truncated\":true}";
		errors().onGap((gap) -> {
			throw new IllegalStateException("on purpose");
		}).onEvent(this.seen::add).whenActive().join();
		this.server.fireErrors(41);
		assertThat(next()).isEqualTo(new SubscribeTests.Error(41));
	}

	@Test
	void aGapWithoutHandlerIsToldToTheListenerOfTheClient() throws InterruptedException {
		this.server.add = (line) -> "\t{\"cursor\":\"40\",\"truncated\":true}";
		errors().onEvent(this.seen::add);
		assertThat(next()).isEqualTo(gap(Reason.TRUNCATED, "40"));
	}

	private EventSubscriptionSpec<SubscribeTests.Error> errors() {
		return this.client.subscribe("errs").to("errorRaised", SubscribeTests.Error.class);
	}

	private Object next() throws InterruptedException {
		return CallbackServer.next(this.seen);
	}

	private static EventGap gap(Reason reason, String cursor) {
		return new EventGap("errs", "errorRaised", reason, cursor);
	}

	private final class Gaps implements IrpcClientListener {

		@Override
		public void stateChanged(IrpcClient client, ConnectionInfo connection) {
		}

		@Override
		public void gap(IrpcClient client, EventGap gap) {
			EventGapTests.this.seen.add(gap);
		}

	}

}
