package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.call.ConnectionLostException;
import io.irpc.call.IrpcCall;
import io.irpc.call.NotConnectedException;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of a client that ends its connection for a while.
 */
// a thread that joins is not to be interrupted
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DisconnectTests {

	private final BlockingQueue<String> slow = new LinkedBlockingQueue<>();

	private final ScriptedServer server = new ScriptedServer(0, this::answer);

	private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

	private final AtomicInteger lookups = new AtomicInteger();

	private volatile int port = this.server.port();

	private final IrpcClient client = TestClients.builder()
		.address(this::lookUp)
		.reconnect(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(10)))
		.whileDisconnected(WhileDisconnected.WAIT)
		.listener((client, connection) -> this.states.add(connection.state()))
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void theConnectionEndsAndTheNextCallMakesAnother() {
		assertThat(name()).isEqualTo("server");
		this.client.disconnect();
		await().until(() -> this.server.connections() == 0);
		assertThat(this.client.state()).isEqualTo(ConnectionState.DISCONNECTED);
		assertThat(this.lookups).hasValue(1);
		assertThat(name()).isEqualTo("server");
		assertThat(this.lookups).hasValue(2);
		this.client.close();
		await().untilAsserted(() -> assertThat(this.states).containsExactly(ConnectionState.CONNECTING,
				ConnectionState.CONNECTED, ConnectionState.DISCONNECTED, ConnectionState.CONNECTING,
				ConnectionState.CONNECTED, ConnectionState.CLOSED));
	}

	@Test
	void whoNeverConnectedHasNothingToEnd() {
		this.client.disconnect();
		this.client.disconnect();
		assertThat(name()).isEqualTo("server");
		await().untilAsserted(
				() -> assertThat(this.states).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED));
	}

	@Test
	void aHangUpIsNoFailure() {
		int port = this.server.port();
		this.server.close();
		this.client.connect();
		await().until(() -> this.client.connection().failures() > 0);
		try (ScriptedServer back = new ScriptedServer(port, this::answer)) {
			assertThat(name()).isEqualTo("server");
			this.client.disconnect();
			ConnectionInfo connection = this.client.connection();
			assertThat(connection.lastFailure()).isNull();
			assertThat(connection.failures()).isZero();
			assertThat(connection.address()).isNotNull();
		}
	}

	@Test
	void anAttemptThatIsBeingMadeEndsAtOnceAndTheNextOneIsAnother() {
		try (ScriptedServer silent = new ScriptedServer(0, (line) -> null)) {
			this.port = silent.port();
			CompletableFuture<Void> first = this.client.connect();
			await().until(() -> !silent.received().isEmpty());
			this.client.disconnect();
			assertThat(first).isCompletedExceptionally();
			await().until(() -> silent.connections() == 0);
			this.port = this.server.port();
			assertThat(name()).isEqualTo("server");
			assertThat(this.client.figures().connections()).isEqualTo(1);
		}
	}

	@Test
	void anAttemptThatLooksTheServerUpDoesNotReachIt() throws InterruptedException {
		Semaphore looking = new Semaphore(0);
		Semaphore found = new Semaphore(0);
		try (ScriptedServer former = new ScriptedServer(0, this::answer);
				IrpcClient looker = TestClients.builder().address(() -> {
					looking.release();
					found.acquireUninterruptibly();
					return List.of("127.0.0.1:" + this.port);
				}).build()) {
			this.port = former.port();
			looker.connect();
			looking.acquire();
			looker.disconnect();
			CompletableFuture<Void> second = looker.connect();
			found.release();
			looking.acquire();
			this.port = this.server.port();
			found.release();
			second.join();
			assertThat(this.server.received()).isNotEmpty();
			assertThat(former.received()).isEmpty();
		}
	}

	@Test
	void credentialsThatWereRefusedAreNotTriedAgainAfterwards() {
		try (ScriptedServer strict = new ScriptedServer(0,
				(line) -> ">" + line.split("[@\t]")[1] + "\t\t" + (line.contains("fn:login") ? "false" : "{}"));
				IrpcClient refused = TestClients.builder()
					.address("127.0.0.1:" + strict.port())
					.credentials(Credentials.ofPassword("smith", "Pa55word"))
					.build()) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> refused.connect().join())
					.withMessageContaining("refuses the password");
				refused.disconnect();
				assertThat(refused.connection().lastFailure()).isNull();
			}
			assertThat(strict.received()).filteredOn((line) -> line.contains("fn:login")).hasSize(1);
		}
	}

	@Test
	void noOtherAttemptIsMadeMeanwhile() {
		this.server.close();
		CompletableFuture<Void> waiting = this.client.connect();
		await().until(() -> this.client.connection().failures() > 2);
		this.client.disconnect();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(waiting::join)
			.withCauseInstanceOf(NotConnectedException.class)
			.withMessageContaining("The client has disconnected");
		// one may have begun
		int before = this.lookups.get() + 1;
		await().during(Duration.ofMillis(200)).until(() -> this.lookups.get() <= before);
	}

	@Test
	void figuresCountOn() {
		name();
		// counted when it is written, which may be after the answer
		await().until(() -> this.client.figures().traffic().sentMessages() == 2);
		ClientFigures before = this.client.figures();
		this.client.disconnect();
		assertThat(this.client.figures().connections()).isEqualTo(1);
		assertThat(this.client.figures().traffic()).isEqualTo(before.traffic());
		name();
		await().until(() -> this.client.figures().traffic().sentMessages() == 4);
		ClientFigures after = this.client.figures();
		assertThat(after.connections()).isEqualTo(2);
		assertThat(after.failedAttempts()).isZero();
		assertThat(after.state()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(after.traffic().sentBytes()).isEqualTo(2 * before.traffic().sentBytes());
		assertThat(after.traffic().receivedBytes()).isEqualTo(2 * before.traffic().receivedBytes());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callsInFlightFailThoughTheyCouldBeRepeated(boolean idempotent) throws InterruptedException {
		IrpcCall call = this.client.call("slow");
		CompletableFuture<@Nullable String> answer = (idempotent ? call.idempotent() : call)
			.retrieveAsync(String.class);
		this.slow.take();
		this.client.disconnect();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
			.withCauseInstanceOf(ConnectionLostException.class)
			.withMessageContaining("the connection was lost before the answer");
		assertThat(this.client.state()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void whoeverCallsMeanwhileIsAnsweredOrToldAndNothingHangs() throws InterruptedException {
		AtomicBoolean done = new AtomicBoolean();
		AtomicInteger answered = new AtomicInteger();
		List<Throwable> unexpected = new CopyOnWriteArrayList<>();
		Thread caller = new Thread(() -> {
			while (!done.get()) {
				try {
					name();
					answered.incrementAndGet();
				}
				catch (ConnectionLostException | NotConnectedException ex) {
					// told
				}
				catch (RuntimeException ex) {
					unexpected.add(ex);
				}
			}
		});
		caller.start();
		for (int i = 0; i < 100; i++) {
			int before = answered.get();
			await().pollInterval(Duration.ofMillis(1)).until(() -> answered.get() > before);
			this.client.disconnect();
		}
		done.set(true);
		caller.join();
		assertThat(unexpected).isEmpty();
		this.client.disconnect();
		await().until(() -> this.server.connections() == 0);
		this.client.close();
		await().until(() -> this.states.contains(ConnectionState.CLOSED));
		assertThat(this.states).last().isEqualTo(ConnectionState.CLOSED);
		for (int i = 1; i < this.states.size(); i++) {
			assertThat(this.states.get(i)).isNotEqualTo(this.states.get(i - 1));
		}
	}

	@Test
	void aClientThatIsClosedStaysSo() {
		this.client.close();
		this.client.disconnect();
		assertThat(this.client.state()).isEqualTo(ConnectionState.CLOSED);
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(this::name)
			.withMessageContaining("The client is closed");
	}

	@Test
	void subscriptionsGoOnWithWhatIsNotHandled() throws InterruptedException {
		BlockingQueue<Integer> handled = new LinkedBlockingQueue<>();
		try (CallbackServer events = new CallbackServer(); IrpcClient subscriber = TestClients.of(events.port())) {
			AtomicInteger attempts = new AtomicInteger();
			EventSubscription subscription = subscriber.subscribe("errs")
				.to("errorRaised", Event.class)
				.backOff(new FixedBackOff(300, 1))
				.onEvent((event) -> {
					if (attempts.incrementAndGet() == 1) {
						throw new IllegalStateException("not now");
					}
					handled.add(event.n());
				});
			subscription.whenActive().join();
			assertThat(events.nextAdd()).doesNotContain("since");
			events.fireErrors(1);
			await().until(() -> attempts.get() == 1);
			subscriber.disconnect();
			subscriber.connect().join();
			subscription.whenActive().join();
			assertThat(events.nextAdd()).contains("since=\"0\"");
			events.fireErrors(1, 2);
			assertThat(CallbackServer.next(handled)).isEqualTo(1);
			assertThat(CallbackServer.next(handled)).isEqualTo(2);
			assertThat(handled).isEmpty();
		}
	}

	private @Nullable String name() {
		return this.client.call("name").retrieve(String.class);
	}

	private List<String> lookUp() {
		this.lookups.incrementAndGet();
		return List.of("127.0.0.1:" + this.port);
	}

	private @Nullable String answer(String line) {
		if (line.contains("fn:slow")) {
			this.slow.add(line);
			return null;
		}
		return ">" + line.split("[@\t]")[1] + "\t\t" + (line.startsWith("!identify") ? "{}" : "\"server\"");
	}

	record Event(int n) {

	}

}
