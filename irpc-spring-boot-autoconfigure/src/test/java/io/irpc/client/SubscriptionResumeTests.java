package io.irpc.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of where a subscription goes on after a lost connection, and of what it does not
 * handle again (protocol §5.2).
 */
class SubscriptionResumeTests {

	private final CallbackServer server = new CallbackServer();

	private final IrpcClient client = TestClients.of(this.server.port());

	private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

	@SuppressWarnings("NullAway.Init")
	private EventSubscription subscription;

	private final Semaphore permits = new Semaphore(0);

	private final Semaphore oddPermits = new Semaphore(0, true);

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void theNextConnectionGoesOnBehindTheLastHandledEvent() throws InterruptedException {
		subscribe(1);
		assertThat(this.server.nextAdd()).contains("where={\"n.gte\":1}").contains("last=50").contains("durable=true");
		this.server.fireErrors(1, 2, 3);
		this.permits.release(3);
		answered(1, 2, 3);
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("where={\"n.gte\":1}")
			.contains("resume=\"3\"")
			.contains("durable=true")
			.doesNotContain("last=");
		assertThat(this.begun).containsExactly(1, 2, 3);
	}

	@Test
	void whereNothingWasHandledItBeginsWhereTheFirstOneBegan() throws InterruptedException {
		this.server.add = (line) -> "\t{\"cursor\":\"77\"}";
		subscribe(1);
		assertThat(this.server.nextAdd()).contains("last=50");
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("resume=\"77\"").doesNotContain("last=");
	}

	@Test
	void aConnectionLostBeforeTheAnswerAsksForTheSameAgain() throws InterruptedException {
		this.server.add = (line) -> {
			this.server.add = (next) -> "\t{\"cursor\":\"0\"}";
			this.server.cut();
			return "";
		};
		this.client.subscribe("errs").to("errorRaised", SubscribeTests.Error.class).last(50).onEvent((error) -> {
		});
		String first = this.server.nextAdd();
		assertThat(this.server.nextAdd()).isEqualTo(first).contains("last=50");
	}

	@Test
	void whatWasNotAnsweredIsAttachedWhenItComesAgain() throws InterruptedException {
		subscribe(1);
		this.server.nextAdd();
		this.server.fireErrors(1, 2, 3);
		this.permits.release();
		answered(1);
		assertThat(begun()).isEqualTo(1);
		assertThat(begun()).isEqualTo(2);
		reconnect("1");
		// 2 runs and 3 waits from before
		this.server.fire("a2", "fired:errs\tcursor:2\tn=2");
		this.server.fire("a3", "fired:errs\tcursor:3\tn=3");
		this.server.fire("a4", "fired:errs\tcursor:4\tn=4");
		this.permits.release(3);
		assertThat(this.server.nextAnswer()).isEqualTo(">a2\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">a3\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">a4\t\tnull");
		assertThat(begun()).isEqualTo(3);
		assertThat(begun()).isEqualTo(4);
		assertThat(this.begun).isEmpty();
	}

	@Test
	void whatIsHandledWhileItComesAgainIsAnsweredAtOnce() throws InterruptedException {
		subscribe(1);
		this.server.nextAdd();
		this.server.fireErrors(1, 2);
		assertThat(begun()).isEqualTo(1);
		reconnect("0");
		this.permits.release(2);
		assertThat(begun()).isEqualTo(2);
		this.server.fire("a1", "fired:errs\tcursor:1\tn=1");
		this.server.fire("a2", "fired:errs\tcursor:2\tn=2");
		assertThat(this.server.nextAnswer()).isEqualTo(">a1\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">a2\t\tnull");
		assertThat(this.begun).isEmpty();
		reconnect("2");
	}

	@Test
	void concurrentHandlersAreResumedBehindTheFirstThatHasNotReturned() throws InterruptedException {
		subscribe(4);
		this.server.nextAdd();
		this.server.fireErrors(1, 2, 3, 4);
		this.permits.release(2);
		answered(2, 4);
		reconnect("0");
		for (int i = 1; i <= 5; i++) {
			this.server.fire("a" + i, "fired:errs\tcursor:" + i + "\tn=" + i);
		}
		assertThat(this.server.nextAnswer()).isEqualTo(">a2\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">a4\t\tnull");
		this.oddPermits.release(2);
		answersOf("a1", "a3");
		this.oddPermits.release();
		assertThat(this.server.nextAnswer()).isEqualTo(">a5\t\tnull");
		assertThat(this.begun).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
		reconnect("5");
	}

	@Test
	void twoLostConnectionsInARowLoseAndRepeatNothing() throws InterruptedException {
		subscribe(1);
		this.server.nextAdd();
		this.server.fireErrors(1, 2, 3);
		this.permits.release();
		answered(1);
		reconnect("1");
		this.server.fire("a2", "fired:errs\tcursor:2\tn=2");
		reconnect("1");
		this.permits.release();
		this.server.fire("b2", "fired:errs\tcursor:2\tn=2");
		assertThat(this.server.nextAnswer()).isEqualTo(">b2\t\tnull");
		reconnect("2");
		this.permits.release(2);
		this.server.fire("c3", "fired:errs\tcursor:3\tn=3");
		this.server.fire("c4", "fired:errs\tcursor:4\tn=4");
		assertThat(this.server.nextAnswer()).isEqualTo(">c3\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">c4\t\tnull");
		assertThat(this.begun).containsExactly(1, 2, 3, 4);
	}

	@Test
	void whatDoesNotComeAgainIsForgotten() throws InterruptedException {
		subscribe(1);
		this.server.nextAdd();
		this.server.fireErrors(1, 2);
		assertThat(begun()).isEqualTo(1);
		reconnect("0");
		// 1 and 2 are not for this user any more
		this.server.fireErrors(3);
		this.permits.release(3);
		answered(3);
		reconnect("3");
		assertThat(this.begun).containsExactly(2, 3);
	}

	@Test
	void aServerThatSendsMoreThanTheWindowIsRefusedAndAskedAgain() throws InterruptedException {
		this.server.add = (line) -> "\t{\"cursor\":\"0\",\"window\":2}";
		subscribe(1);
		this.server.nextAdd();
		this.server.fireErrors(1, 2, 3);
		assertThat(this.server.nextAnswer())
			.isEqualTo(">f3\tException\t\"Too many firings are unanswered (expected: <= 2)\"");
		this.permits.release();
		answered(1);
		this.server.fireErrors(4);
		assertThat(this.server.nextAnswer()).startsWith(">f4\tException\t");
		this.permits.release(2);
		answered(2);
		assertThat(this.server.nextAdd()).contains("resume=\"2\"");
		await().until(this.subscription::isReplayable);
		this.server.fireErrors(3);
		answered(3);
		assertThat(this.begun).containsExactly(1, 2, 3);
	}

	private void subscribe(int concurrency) {
		this.subscription = this.client.subscribe("errs")
			.to("errorRaised", SubscribeTests.Error.class)
			.where("n")
			.atLeast(1)
			.last(50)
			.durable()
			.concurrency(concurrency)
			.onEvent((error) -> {
				this.begun.add(error.n());
				acquire((concurrency > 1 && error.n() % 2 == 1) ? this.oddPermits : this.permits);
			});
		this.subscription.whenActive().join();
	}

	private void reconnect(String since) throws InterruptedException {
		this.server.sync();
		this.server.cut();
		assertThat(this.server.nextAdd()).contains("\tresume=\"" + since + "\"\t");
		this.subscription.whenActive().join();
	}

	private int begun() throws InterruptedException {
		return CallbackServer.next(this.begun);
	}

	private void answered(int... numbers) throws InterruptedException {
		String[] ids = new String[numbers.length];
		for (int i = 0; i < numbers.length; i++) {
			ids[i] = "f" + numbers[i];
		}
		answersOf(ids);
	}

	private void answersOf(String... ids) throws InterruptedException {
		String[] lines = new String[ids.length];
		String[] expected = new String[ids.length];
		for (int i = 0; i < ids.length; i++) {
			lines[i] = this.server.nextAnswer();
			expected[i] = ">" + ids[i] + "\t\tnull";
		}
		assertThat(lines).containsExactlyInAnyOrder(expected);
	}

	private static void acquire(Semaphore permits) {
		try {
			assertThat(permits.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
