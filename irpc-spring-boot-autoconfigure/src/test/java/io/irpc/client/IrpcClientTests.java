package io.irpc.client;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.call.CallTimeoutException;
import io.irpc.call.IrpcClientException;
import io.irpc.call.NotConnectedException;
import io.irpc.call.RemoteCallException;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.server.IrpcServer;
import io.irpc.session.IrpcSession;
import io.irpc.session.WorkerPool;
import io.irpc.support.WithoutSecurity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the client against a real server.
 */
class IrpcClientTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private ConfigurableApplicationContext server = startServer(0);

	private int port;

	@SuppressWarnings("NullAway.Init")
	private IrpcClient client;

	@BeforeEach
	void connect() {
		this.port = this.server.getBean(IrpcServer.class).port();
		this.client = TestClients.of(this.port);
	}

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void callReturnsTheValueWithItsGenerics() {
		List<Entry> entries = this.client.call("store.find")
			.argument("prefix", "a")
			.argument("limit", 2)
			.retrieve(new ParameterizedTypeReference<List<Entry>>() {
			});
		assertThat(entries).containsExactly(new Entry("a1", 1), new Entry("a2", 2));
	}

	@Test
	void argumentsByPositionFillTheParametersInOrder() {
		assertThat(this.client.call("store.find").argument("b").argument(1).retrieve(Entry[].class))
			.containsExactly(new Entry("b1", 1));
	}

	@Test
	void manyThreadsShareOneConnectionAndGetTheirOwnAnswers() {
		List<CompletableFuture<Integer>> answers = IntStream.range(0, 2000)
			.parallel()
			.mapToObj((i) -> this.client.call("store.twice").argument("number", i).retrieveAsync(Integer.class))
			.toList();
		assertThat(IntStream.range(0, 2000)).allSatisfy((i) -> assertThat(answers.get(i).join()).isEqualTo(2 * i));
	}

	@Test
	void callsArePipelinedSoThatASlowOneHoldsUpNoOther() {
		CompletableFuture<@Nullable String> slow = this.client.call("store.waitForRelease").retrieveAsync(String.class);
		assertThat(this.client.call("store.twice").argument("number", 4).retrieve(Integer.class)).isEqualTo(8);
		assertThat(slow).isNotDone();
		this.client.call("store.release").retrieve(Void.class);
		assertThat(slow.join()).isEqualTo("released");
	}

	@Test
	void asynchronousAnswersCompleteWhereOthersMayWait() {
		boolean mayWait = this.client.call("store.twice")
			.argument("number", 1)
			.retrieveAsync(Integer.class)
			.thenApply((value) -> WorkerPool.mayWait())
			.join();
		assertThat(mayWait).isTrue();
	}

	@Test
	void errorsBecomeExceptionsByTheirCode() {
		assertThatExceptionOfType(RemoteCallException.UnknownFunction.class)
			.isThrownBy(() -> this.client.call("nosuch").retrieve(String.class))
			.withMessage("nosuch is not a registered function!");
		assertThatExceptionOfType(RemoteCallException.NotFound.class)
			.isThrownBy(() -> this.client.call("store.get").argument("key", "zz").retrieve(Entry.class))
			.withMessage("No entry zz")
			.satisfies((ex) -> assertThat(ex.details()).isEqualTo(Map.of("key", "zz")));
		assertThatExceptionOfType(RemoteCallException.InvalidArgument.class)
			.isThrownBy(() -> this.client.call("store.twice").retrieve(Integer.class))
			.withMessage("Argument number is missing");
		assertThatExceptionOfType(RemoteCallException.class)
			.isThrownBy(() -> this.client.call("store.fail").retrieve(Integer.class))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL);
				assertThat(ex.reference()).isNotBlank();
				assertThat(ex.getMessage()).doesNotContain("secret");
			});
	}

	@Test
	void asynchronousCallsFailWithTheSameExceptions() {
		CompletableFuture<@Nullable String> answer = this.client.call("nosuch").retrieveAsync(String.class);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
			.withCauseInstanceOf(RemoteCallException.UnknownFunction.class);
	}

	@Test
	void anAnswerOfAnotherTypeIsAClearError() {
		assertThatExceptionOfType(IrpcClientException.class)
			.isThrownBy(() -> this.client.call("store.getAll").retrieve(Integer.class))
			.withMessage("The answer of store.getAll is not of the type asked for: expected a whole number");
	}

	@Test
	void aCallWithoutAnswerInTimeFailsAndItsLateAnswerHarmsNobody() {
		this.client.connect().join();
		assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(
				() -> this.client.call("store.waitForRelease").timeout(Duration.ofMillis(50)).retrieve(String.class))
			.withMessage("No answer of store.waitForRelease within 50 ms")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
		this.client.call("store.release").retrieve(Void.class);
		assertThat(this.client.call("store.twice").argument("number", 3).retrieve(Integer.class)).isEqualTo(6);
	}

	@Test
	void theApplicationStartsWithoutTheServerAndConnectsWhenItComes() {
		this.server.close();
		List<ConnectionState> states = new CopyOnWriteArrayList<>();
		try (IrpcClient early = TestClients.of(this.port, states)) {
			assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> early.call("store.getAll").retrieve(Entry[].class))
				.withMessageContaining("Cannot connect to")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
			this.server = startServer(this.port);
			await().untilAsserted(() -> assertThat(early.state()).isEqualTo(ConnectionState.CONNECTED));
			assertThat(early.call("store.getAll").retrieve(Entry[].class)).hasSize(4);
			assertThat(states).startsWith(ConnectionState.CONNECTING, ConnectionState.DISCONNECTED)
				.endsWith(ConnectionState.CONNECTED);
		}
	}

	@Test
	void aLostConnectionIsMadeAgainAndWhatWasInFlightReturns() {
		CompletableFuture<@Nullable String> inFlight = this.client.call("store.waitForRelease")
			.retrieveAsync(String.class);
		await().until(() -> Store.waiting.get() > 0);
		this.client.call("store.dropConnections").retrieveAsync(Void.class);
		await().untilAsserted(
				() -> assertThat(this.client.call("store.twice").argument("number", 5).retrieve(Integer.class))
					.isEqualTo(10));
		this.client.call("store.release").retrieve(Void.class);
		assertThat(inFlight.join()).isEqualTo("released");
		assertThat(Store.waiting.get()).as("never repeated").isEqualTo(1);
	}

	@Test
	void listenersGetEventsInOrderAndAgainAfterAReconnection() throws InterruptedException {
		BlockingQueue<Changed> events = new LinkedBlockingQueue<>();
		EventSubscription subscription = this.client.listen("changed", Changed.class, events::add);
		subscription.whenActive().join();
		IntStream.range(0, 500).forEach((i) -> this.server.publishEvent(new Changed("k", i)));
		for (int i = 0; i < 500; i++) {
			assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new Changed("k", i));
		}
		this.server.close();
		this.server = startServer(this.port);
		await().untilAsserted(() -> {
			this.server.publishEvent(new Changed("again", 1));
			assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isEqualTo(new Changed("again", 1));
		});
	}

	@Test
	void aClosedSubscriptionGetsNothingMore() {
		List<Changed> events = new CopyOnWriteArrayList<>();
		List<Changed> others = new CopyOnWriteArrayList<>();
		EventSubscription subscription = this.client.listen("changed", Changed.class, events::add);
		EventSubscription other = this.client.listen("changed", Changed.class, others::add);
		CompletableFuture.allOf(subscription.whenActive(), other.whenActive()).join();
		subscription.close();
		this.server.publishEvent(new Changed("k", 1));
		await().until(() -> others.size() == 1);
		assertThat(events).isEmpty();
	}

	@Test
	void aHandlerThatThrowsGetsTheNextEvent() throws InterruptedException {
		BlockingQueue<Changed> events = new LinkedBlockingQueue<>();
		this.client.listen("changed", Changed.class, (event) -> {
			events.add(event);
			throw new IllegalStateException("on purpose");
		}).whenActive().join();
		this.server.publishEvent(new Changed("k", 1));
		this.server.publishEvent(new Changed("k", 2));
		assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new Changed("k", 1));
		assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new Changed("k", 2));
	}

	@Test
	void aHandlerMayCallTheServer() throws InterruptedException {
		BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
		this.client.listen("changed", Changed.class, (event) -> {
			Integer answer = this.client.call("store.twice").argument("number", event.value()).retrieve(Integer.class);
			answers.add((answer != null) ? answer : -1);
		}).whenActive().join();
		this.server.publishEvent(new Changed("k", 21));
		assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(42);
	}

	@Test
	void aSubscriptionToAnUnknownEventIsRefused() {
		EventSubscription subscription = this.client.listen("nosuch", Changed.class, (event) -> {
		});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> subscription.whenActive().join())
			.withCauseInstanceOf(RemoteCallException.UnknownEvent.class)
			.withMessageContaining("nosuch is not a registered event!");
	}

	@Test
	void proxyCallsFunctionsInEveryStyle() {
		StoreClient store = this.client.proxy(StoreClient.class);
		assertThat(store.find("a", 1)).containsExactly(new Entry("a1", 1));
		assertThat(store.twice(8)).isEqualTo(16);
		assertThat(store.get("a1").join()).isEqualTo(new Entry("a1", 1));
		assertThat(store.getAll().map(List::size).block()).isEqualTo(4);
		assertThat(store.firstOf("b")).isEqualTo(new Entry("b1", 1));
		store.release();
		assertThat(List.of(store)).contains(store).doesNotContain(this.client.proxy(StoreClient.class));
		assertThat(store.toString()).contains("StoreClient");
		assertThatExceptionOfType(RemoteCallException.NotFound.class).isThrownBy(() -> store.entry("zz"));
	}

	@Test
	void proxyNeedsAnAnnotatedInterface() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.client.proxy(Runnable.class))
			.withMessageContaining("@IrpcService");
	}

	@Test
	void aClosedClientFailsCallsAtOnce() {
		this.client.close();
		assertThat(this.client.state()).isEqualTo(ConnectionState.CLOSED);
		assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> this.client.call("store.getAll").retrieve(Entry[].class))
			.withMessageContaining("closed");
	}

	@Test
	void anArgumentTooLongForTheServerIsRefusedBeforeItIsSent() {
		String tooLong = "x".repeat(2 * 1024 * 1024);
		assertThatExceptionOfType(IrpcClientException.class)
			.isThrownBy(() -> this.client.call("store.get").argument("key", tooLong).retrieve(Entry.class))
			.withMessageContaining("too long")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
		assertThat(this.client.call("store.twice").argument("number", 1).retrieve(Integer.class)).isEqualTo(2);
	}

	@Test
	void unixDomainSocketsAreSpokenAsWell() {
		this.server.close();
		Path socket = this.directory.resolve("irpc.sock");
		this.server = startServer(0, "--irpc.server.unix-socket=" + socket);
		try (IrpcClient local = TestClients.of(UnixDomainSocketAddress.of(socket), TestClients.OPTIONS,
				new CopyOnWriteArrayList<>())) {
			assertThat(local.call("store.twice").argument("number", 2).retrieve(Integer.class)).isEqualTo(4);
		}
	}

	private static ConfigurableApplicationContext startServer(int port, String... arguments) {
		Store.reset();
		return new SpringApplicationBuilder(ServerApplication.class).web(WebApplicationType.NONE)
			.properties("irpc.server.port=" + port, WithoutSecurity.PROPERTY, "spring.main.banner-mode=off",
					"spring.main.register-shutdown-hook=false")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Store.class)
	static class ServerApplication {

	}

	record Entry(String key, int value) {

	}

	@IrpcEvent("changed")
	record Changed(String key, int value) {

	}

	@IrpcService("store")
	static class Store {

		static final AtomicInteger waiting = new AtomicInteger();

		private static volatile CountDownLatch latch = new CountDownLatch(1);

		private final List<Entry> entries = List.of(new Entry("a1", 1), new Entry("a2", 2), new Entry("a3", 3),
				new Entry("b1", 1));

		Store(ApplicationEventPublisher publisher) {
			publisher.publishEvent(new Changed("first", 0));
		}

		static void reset() {
			waiting.set(0);
			latch = new CountDownLatch(1);
		}

		public List<Entry> find(String prefix, @IrpcParam(defaultValue = "10") int limit) {
			return this.entries.stream().filter((entry) -> entry.key().startsWith(prefix)).limit(limit).toList();
		}

		public List<Entry> getAll() {
			return this.entries;
		}

		public Entry get(String key) {
			return this.entries.stream()
				.filter((entry) -> entry.key().equals(key))
				.findFirst()
				.orElseThrow(() -> new IrpcException(ErrorCode.NOT_FOUND, "No entry " + key, Map.of("key", key), null));
		}

		public int twice(int number) {
			return 2 * number;
		}

		public int fail() {
			throw new IllegalStateException("secret");
		}

		public String waitForRelease() throws InterruptedException {
			waiting.incrementAndGet();
			latch.await(30, TimeUnit.SECONDS);
			return "released";
		}

		public void release() {
			latch.countDown();
		}

		public void dropConnections(IrpcSession session) {
			session.close("on purpose");
		}

	}

	@IrpcService("store")
	interface StoreClient {

		List<Entry> find(String prefix, int limit);

		int twice(int number);

		CompletableFuture<Entry> get(String key);

		Mono<List<Entry>> getAll();

		void release();

		@IrpcFunction("get")
		Entry entry(String key);

		default Entry firstOf(String prefix) {
			return find(prefix, 1).get(0);
		}

	}

}
