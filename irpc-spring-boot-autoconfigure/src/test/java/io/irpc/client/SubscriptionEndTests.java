package io.irpc.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.call.RemoteCallException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the end of subscriptions by {@code callback} (protocol §5.2).
 */
class SubscriptionEndTests {

	private final CallbackServer server = new CallbackServer();

	private final BlockingQueue<Object> failures = new LinkedBlockingQueue<>();

	private final IrpcClient client = TestClients.of(this.server.port());

	private final BlockingQueue<SubscribeTests.Error> handled = new LinkedBlockingQueue<>();

	private final CountDownLatch running = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void closingRemovesASubscriptionThatIsNotDurable() throws InterruptedException {
		EventSubscription subscription = errors().onEvent(this.handled::add);
		subscription.whenActive().join();
		subscription.close();
		subscription.close();
		assertThat(this.server.nextOther()).endsWith(" remove:errs");
	}

	@Test
	void closingOnlyStopsADurableOneAndForgettingRemovesIt() throws InterruptedException {
		EventSubscription subscription = errors().durable().onEvent(this.handled::add);
		subscription.whenActive().join();
		subscription.close();
		assertThat(this.server.nextOther()).endsWith(" stop:errs");
		subscription.forget().join();
		assertThat(this.server.nextOther()).endsWith(" remove:errs");
	}

	@Test
	void whatTheServerDoesNotKnowIsForgottenAlready() {
		EventSubscription subscription = errors().durable().onEvent(this.handled::add);
		subscription.whenActive().join();
		this.server.other = (line) -> "Exception\t{\"code\":\"not_found\",\"message\":\"There is no such\"}";
		subscription.forget().join();
		EventSubscription refused = errors().durable().onEvent(this.handled::add);
		refused.whenActive().join();
		this.server.other = (line) -> "Exception\t{\"code\":\"unavailable\",\"message\":\"not now\"}";
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> refused.forget().join())
			.withCauseInstanceOf(RemoteCallException.Unavailable.class);
	}

	@Test
	void whatRunsIsAcknowledgedAndWhatWaitsIsNotAnsweredBeforeTheServerHasStopped() throws InterruptedException {
		this.server.other = (line) -> null;
		EventSubscription subscription = errors().durable().onEvent(this::handle);
		subscription.whenActive().join();
		this.server.fireErrors(1, 2);
		SubscribeTests.await(this.running);
		subscription.close();
		String stop = this.server.nextOther();
		this.server.fireErrors(3);
		this.release.countDown();
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		this.server.sync();
		assertThat(this.server.answers()).isEmpty();
		this.server.send(">" + stop.substring(0, stop.indexOf(' ')) + "\t\tnull");
		assertThat(new String[] { this.server.nextAnswer(), this.server.nextAnswer() }).containsExactlyInAnyOrder(
				">f2\tException\t\"The subscription is closed\"", ">f3\tException\t\"The subscription is closed\"");
		assertThat(this.handled).containsExactly(new SubscribeTests.Error(1));
	}

	@Test
	void aFailureAfterTheEndIsNeitherToldNorAcknowledged() throws InterruptedException {
		EventSubscription subscription = errors().durable()
			.backOff(new FixedBackOff(1, 0))
			.onError(this.failures::add)
			.onEvent((error) -> {
				handle(error);
				throw new IllegalStateException("on purpose");
			});
		subscription.whenActive().join();
		this.server.fireErrors(1);
		SubscribeTests.await(this.running);
		subscription.close();
		this.server.nextOther();
		this.release.countDown();
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\tException\t\"The subscription is closed\"");
		assertThat(this.failures).isEmpty();
	}

	@Test
	void theNextSubscriptionOfTheNameWaitsForTheEndOfTheLast() throws InterruptedException {
		this.server.other = (line) -> null;
		EventSubscription first = errors().durable().onEvent(this.handled::add);
		first.whenActive().join();
		this.server.nextAdd();
		first.close();
		EventSubscription second = errors().durable().onEvent(this.handled::add);
		String stop = this.server.nextOther();
		this.server.sync();
		assertThat(this.server.adds()).isEmpty();
		this.server.send(">" + stop.substring(0, stop.indexOf(' ')) + "\t\tnull");
		assertThat(this.server.nextAdd()).contains("durable=true");
		second.whenActive().join();
		this.server.fireErrors(1);
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		assertThat(this.handled).containsExactly(new SubscribeTests.Error(1));
	}

	@Test
	void aSubscriptionClosedBeforeItsAnswerIsEndedBehindIt() throws InterruptedException {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.server.add = (line) -> {
			closed.join();
			return "\t{\"cursor\":\"0\"}";
		};
		EventSubscription subscription = errors().onEvent(this.handled::add);
		this.server.nextAdd();
		subscription.close();
		closed.complete(null);
		assertThat(this.server.nextOther()).endsWith(" remove:errs");
	}

	@Test
	void aClosedSubscriptionIsNotMadeAgain() throws InterruptedException {
		EventSubscription subscription = errors().onEvent(this.handled::add);
		subscription.whenActive().join();
		this.server.nextAdd();
		subscription.close();
		this.server.nextOther();
		this.client.subscribe("other").to("errorRaised", SubscribeTests.Error.class).onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).startsWith("add:other");
		this.server.cut();
		assertThat(this.server.nextAdd()).startsWith("add:other");
		assertThat(this.server.adds()).isEmpty();
	}

	@Test
	void closingTheClientAcknowledgesNothingThatWasNotHandled() throws InterruptedException {
		errors().durable()
			.backOff(new FixedBackOff(1, 0))
			.onError(this.failures::add)
			.onEvent(this::handle)
			.whenActive()
			.join();
		this.server.fireErrors(1, 2);
		SubscribeTests.await(this.running);
		// interrupts the handler
		this.client.close();
		assertThat(this.server.answers()).noneMatch((answer) -> answer.endsWith("\t\tnull"));
		assertThat(this.failures).isEmpty();
	}

	private EventSubscriptionSpec<SubscribeTests.Error> errors() {
		return this.client.subscribe("errs").to("errorRaised", SubscribeTests.Error.class);
	}

	private void handle(SubscribeTests.Error error) {
		this.running.countDown();
		SubscribeTests.await(this.release);
		this.handled.add(error);
	}

}
