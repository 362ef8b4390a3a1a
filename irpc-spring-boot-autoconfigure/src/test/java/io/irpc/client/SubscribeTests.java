package io.irpc.client;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.irpc.call.RemoteCallException;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of what a subscription by {@code callback} asks for, and of how its events are
 * handled and acknowledged (protocol §5.2).
 */
class SubscribeTests {

	private final CallbackServer server = new CallbackServer();

	private final List<EventFailure<?>> failures = new CopyOnWriteArrayList<>();

	private final IrpcClient client = TestClients.of(this.server.port(), new Failures());

	private final BlockingQueue<Error> handled = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void theServerIsAskedForWhatIsSpecified() throws InterruptedException {
		errors().where("severity")
			.in("HIGH", "FATAL")
			.where("file.name")
			.endsWith(".csv")
			.addArguments(Map.of("monitor", "home"))
			.removeArguments("trace", "host")
			.since(Instant.parse("2026-11-21T18:00:00Z"))
			.durable()
			.window(16)
			.onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).isEqualTo("add:errs\tev:errorRaised"
				+ "\twhere={\"severity.in\":[\"HIGH\",\"FATAL\"],\"file.name.endsWith\":\".csv\"}"
				+ "\taddargs={\"monitor\":\"home\"}\trmargs=[\"trace\",\"host\"]\tsince=\"2026-11-21T18:00:00Z\""
				+ "\tdurable=true\twindow=16");
	}

	@Test
	void everyOperatorHasItsCondition() throws InterruptedException {
		errors().where("a")
			.is(1)
			.where("a")
			.isNot(2)
			.where("b")
			.in(List.of(3))
			.where("c")
			.greaterThan(4)
			.where("c")
			.atLeast(5)
			.where("d")
			.lessThan(6)
			.where("d")
			.atMost(7)
			.where("e")
			.startsWith("8")
			.where("e")
			.contains("9")
			.where("f")
			.exists()
			.where("g")
			.isMissing()
			.onEvent(this.handled::add);
		assertThat(this.server.nextAdd())
			.contains("where={\"a.equals\":1,\"a.not\":2,\"b.in\":[3],\"c.gt\":4,\"c.gte\":5,"
					+ "\"d.lt\":6,\"d.lte\":7,\"e.startsWith\":\"8\",\"e.contains\":\"9\",\"f.exists\":true,"
					+ "\"g.exists\":false}");
	}

	@Test
	void aSubscriptionBeginsWhereItIsTold() throws InterruptedException {
		this.client.subscribe("a").to("errorRaised", Error.class).onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).isEqualTo("add:a\tev:errorRaised\twindow=128");
		this.client.subscribe("b").to("errorRaised", Error.class).last(50).onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).isEqualTo("add:b\tev:errorRaised\tlast=50\twindow=128");
		this.client.subscribe("c").to("errorRaised", Error.class).fromOldest().onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).isEqualTo("add:c\tev:errorRaised\tsince=\"0\"\twindow=128");
		this.client.subscribe("d")
			.to("errorRaised", Error.class)
			.durable()
			.initiallyFromOldest()
			.onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).isEqualTo("add:d\tev:errorRaised\tinitial=\"0\"\tdurable=true\twindow=128");
	}

	@Test
	void aFiringIsAnsweredWhenTheHandlerHasReturned() throws InterruptedException {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		EventSubscription subscription = errors().onEvent((error) -> {
			running.countDown();
			await(release);
			this.handled.add(error);
		});
		subscription.whenActive().join();
		assertThat(subscription.isReplayable()).isTrue();
		this.server.fireErrors(1);
		await(running);
		assertThat(this.server.answers()).isEmpty();
		release.countDown();
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		assertThat(this.handled).containsExactly(new Error(1));
	}

	@Test
	void argumentsWithoutAnAllowedNameArePutBack() throws InterruptedException {
		BlockingQueue<Odd> odd = new LinkedBlockingQueue<>();
		this.client.subscribe("errs").to("errorRaised", Odd.class).onEvent(odd::add).whenActive().join();
		this.server.fire("f1", "fired:errs\tcursor:1\tplain=\"x\"\t={\"with-dash\":{\"a\":[1,2]},\"\":3}");
		assertThat(CallbackServer.next(odd)).isEqualTo(new Odd("x", Map.of("a", List.of(1, 2))));
	}

	@Test
	void genericTypesAreKept() throws InterruptedException {
		BlockingQueue<Map<String, List<Integer>>> maps = new LinkedBlockingQueue<>();
		this.client.subscribe("errs").to("errorRaised", new ParameterizedTypeReference<Map<String, List<Integer>>>() {
		}).onEvent(maps::add).whenActive().join();
		this.server.fire("f1", "fired:errs\tcursor:1\tlines=[1,2]");
		assertThat(CallbackServer.next(maps)).isEqualTo(Map.of("lines", List.of(1, 2)));
	}

	@Test
	void aFailedHandlerIsCalledAgainAndTheEventsBehindWait() throws InterruptedException {
		BlockingQueue<EventDelivery<Error>> deliveries = new LinkedBlockingQueue<>();
		errors().backOff(new FixedBackOff(1, 3)).onDelivery((delivery) -> {
			deliveries.add(delivery);
			if (delivery.value().n() == 1 && delivery.attempt() < 3) {
				throw new IllegalStateException("on purpose");
			}
		}).whenActive().join();
		this.server.fireErrors(1, 2);
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">f2\t\tnull");
		assertThat(deliveries).containsExactly(new EventDelivery<>(new Error(1), "1", 1),
				new EventDelivery<>(new Error(1), "1", 2), new EventDelivery<>(new Error(1), "1", 3),
				new EventDelivery<>(new Error(2), "2", 1));
		assertThat(this.failures).isEmpty();
	}

	@Test
	void anEventThatCannotBeHandledIsToldToTheErrorHandlerAndAcknowledged() throws InterruptedException {
		BlockingQueue<EventFailure<Error>> told = new LinkedBlockingQueue<>();
		IllegalStateException failure = new IllegalStateException("on purpose");
		errors().backOff(new FixedBackOff(1, 1)).onError(told::add).onEvent((error) -> {
			throw failure;
		}).whenActive().join();
		this.server.fireErrors(1);
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		assertThat(told).containsExactly(new EventFailure<>("errs", "errorRaised", "1", new Error(1), 2, failure));
	}

	@Test
	void anEventThatCannotBeConvertedIsNotTriedAgain() throws InterruptedException {
		errors().onEvent(this.handled::add).whenActive().join();
		this.server.fire("f1", "fired:errs\tcursor:1\tn=\"many\"");
		this.server.fireErrors(2);
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
		assertThat(this.server.nextAnswer()).isEqualTo(">f2\t\tnull");
		assertThat(this.handled).containsExactly(new Error(2));
		assertThat(this.failures).singleElement().satisfies((failure) -> {
			assertThat(failure.value()).isNull();
			assertThat(failure.attempts()).isZero();
			assertThat(failure.cause()).hasMessageContaining("n");
		});
	}

	@Test
	void eventsAreHandledOneAfterTheOtherInTheirOrder() throws InterruptedException {
		errors().onEvent((error) -> {
			this.handled.add(error);
			Thread.yield();
			this.handled.add(error);
		}).whenActive().join();
		for (int i = 1; i <= 100; i++) {
			this.server.fireErrors(i);
		}
		for (int i = 1; i <= 100; i++) {
			assertThat(CallbackServer.next(this.handled)).isEqualTo(new Error(i));
			assertThat(CallbackServer.next(this.handled)).isEqualTo(new Error(i));
		}
	}

	@Test
	void concurrencyLetsEventsMeet() throws InterruptedException {
		CyclicBarrier together = new CyclicBarrier(3);
		errors().concurrency(3).onEvent((error) -> {
			try {
				together.await(10, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}).whenActive().join();
		this.server.fireErrors(1, 2, 3);
		assertThat(List.of(this.server.nextAnswer(), this.server.nextAnswer(), this.server.nextAnswer()))
			.containsExactlyInAnyOrder(">f1\t\tnull", ">f2\t\tnull", ">f3\t\tnull");
		assertThat(this.failures).isEmpty();
	}

	@Test
	void whenAHandlerThrowsWhatItDoesNotDeclareThenTheNextEventsAreHandled() throws InterruptedException {
		BlockingQueue<Integer> counts = new LinkedBlockingQueue<>();
		AtomicInteger count = new AtomicInteger();
		errors().onEvent((error) -> {
			counts.add(count.incrementAndGet());
			if (count.get() == 1) {
				sneak(new IOException("on purpose"));
			}
		}).whenActive().join();
		this.server.fireErrors(1, 2);
		assertThat(CallbackServer.next(counts)).isEqualTo(1);
		assertThat(CallbackServer.next(counts)).isEqualTo(2);
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void sneak(Throwable failure) throws E {
		throw (E) failure;
	}

	@Test
	void aHandlerRunsWhereItMayWait() throws InterruptedException {
		BlockingQueue<Boolean> mayWait = new LinkedBlockingQueue<>();
		errors().onEvent((error) -> mayWait.add(WorkerPool.mayWait())).whenActive().join();
		this.server.fireErrors(1);
		assertThat(CallbackServer.next(mayWait)).isTrue();
	}

	@Test
	void firingsThatNobodyAskedForAreRefused() throws InterruptedException {
		errors().onEvent(this.handled::add).whenActive().join();
		this.server.fire("f1", "fired:other\tcursor:1");
		assertThat(this.server.nextAnswer()).isEqualTo(">f1\tException\t\"No such subscription\"");
		this.server.fire("f2", "fired:errs\tn=1");
		assertThat(this.server.nextAnswer()).isEqualTo(">f2\tException\t\"A firing needs cursor:CURSOR\"");
		this.server.fire("f3", "add:errs\tev:errorRaised");
		assertThat(this.server.nextAnswer()).isEqualTo(">f3\tException\t\"Command callback needs fired:NAME\"");
		assertThat(this.handled).isEmpty();
	}

	@Test
	void aRefusedSubscriptionIsToldAndTriedAgainOnTheNextConnection() throws InterruptedException {
		this.server.add = (line) -> "Exception\t{\"code\":\"permission_denied\",\"message\":\"not yours\"}";
		EventSubscription subscription = errors().since("7").onEvent(this.handled::add);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> subscription.whenActive().join())
			.withCauseInstanceOf(RemoteCallException.PermissionDenied.class)
			.withMessageContaining("not yours");
		String first = this.server.nextAdd();
		this.server.add = (line) -> "\t{\"cursor\":\"7\"}";
		this.server.cut();
		assertThat(this.server.nextAdd()).isEqualTo(first).contains("since=\"7\"");
		subscription.whenActive().join();
	}

	@Test
	void anAnswerThatIsNoneRefusesTheSubscription() {
		this.server.add = (line) -> "\t[1]";
		EventSubscription subscription = errors().onEvent(this.handled::add);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> subscription.whenActive().join())
			.withMessageContaining("an object with a cursor");
		assertThat(subscription.isReplayable()).isFalse();
	}

	@Test
	void aNameIsUsedByOneSubscriptionAtATime() {
		errors().onEvent(this.handled::add);
		assertThatIllegalStateException().isThrownBy(() -> errors().onEvent(this.handled::add))
			.withMessageContaining("There is a subscription errs to the event errorRaised already");
	}

	@Test
	void whatTheProtocolDoesNotAllowIsRefusedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.subscribe("with space"))
			.withMessageContaining("'with space'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.subscribe("errs").to("1st", Error.class))
			.withMessageContaining("'1st'");
		assertThatIllegalArgumentException().isThrownBy(() -> errors().window(0)).withMessageContaining("window(0)");
		assertThatIllegalArgumentException().isThrownBy(() -> errors().last(0)).withMessageContaining("last(0)");
		assertThatIllegalArgumentException().isThrownBy(() -> errors().concurrency(-1))
			.withMessageContaining("concurrency(-1)");
		assertThatIllegalArgumentException().isThrownBy(() -> errors().where("a").is(1).where("a").is(2))
			.withMessageContaining("two conditions a.equals");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> errors().where(Map.of("a.like", "x")).onEvent(this.handled::add))
			.withMessageContaining("like");
		assertThatIllegalArgumentException().isThrownBy(() -> errors().initially("3").onEvent(this.handled::add))
			.withMessageContaining("durable()");
	}

	@Test
	void peekAsksWhatWouldBeReplayedAndTheSpecificationIsUsedAgain() throws InterruptedException {
		this.server.other = (line) -> "\t{\"count\":12,\"bytes\":812,\"oldest\":\"2026-11-21T18:00:04Z\","
				+ "\"newest\":\"2026-11-21T19:00:00Z\",\"by\":{\"HIGH\":9,\"FATAL\":3},\"from\":\"1042\","
				+ "\"to\":\"1054\",\"truncated\":false,\"stored\":true}";
		EventSubscriptionSpec<Error> spec = errors().where("severity")
			.in("HIGH", "FATAL")
			.removeArguments("trace")
			.durable();
		EventSummary summary = spec.peek("severity");
		assertThat(summary).isEqualTo(new EventSummary(12, 812, Instant.parse("2026-11-21T18:00:04Z"),
				Instant.parse("2026-11-21T19:00:00Z"), Map.of("HIGH", 9L, "FATAL", 3L), "1042", "1054", false, true));
		assertThat(this.server.nextOther()).endsWith(" peek:errs\tev:errorRaised"
				+ "\twhere={\"severity.in\":[\"HIGH\",\"FATAL\"]}\tdurable=true\tby=\"severity\"");
		spec.onEvent(this.handled::add);
		assertThat(this.server.nextAdd()).isEqualTo("add:errs\tev:errorRaised"
				+ "\twhere={\"severity.in\":[\"HIGH\",\"FATAL\"]}\trmargs=[\"trace\"]\tdurable=true\twindow=128");
	}

	@Test
	void peekOfNothingIsEmpty() {
		this.server.other = (line) -> "\t{\"count\":0,\"bytes\":0,\"truncated\":false}";
		assertThat(errors().peek()).isEqualTo(new EventSummary(0, 0, null, null, Map.of(), null, null, false, false));
	}

	@Test
	void peekFailsWhereTheServerCannotReplay() {
		this.server.other = (line) -> CallbackServer.UNKNOWN;
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> errors().peek())
			.satisfies((ex) -> assertThat(ex.code()).hasToString("UNKNOWN_COMMAND"));
	}

	private EventSubscriptionSpec<Error> errors() {
		return this.client.subscribe("errs").to("errorRaised", Error.class);
	}

	static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Error(int n) {

	}

	record Odd(String plain, @JsonProperty("with-dash") @Nullable Object dashed) {

	}

	private final class Failures implements IrpcClientListener {

		@Override
		public void stateChanged(IrpcClient client, ConnectionInfo connection) {
		}

		@Override
		public void failed(IrpcClient client, EventFailure<?> failure) {
			SubscribeTests.this.failures.add(failure);
		}

	}

}
