package io.irpc.fault;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.test.BadLink;
import io.irpc.test.Side;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Measures what a long line costs: how soon events come again after a cut, how many bytes
 * that takes, and how much of the lag pipelined calls hide. Not run with the other tests:
 * {@code mvn test -Plag}, with {@code -Dlag.rounds}, {@code -Dlag.calls} and
 * {@code -Dlag.sequential-calls} for other numbers than the usual ones.
 */
class LagMeasurement {

	private static final int ROUNDS = Integer.getInteger("lag.rounds", 50);

	private static final int CALLS = Integer.getInteger("lag.calls", 1000);

	private static final int SEQUENTIAL_CALLS = Integer.getInteger("lag.sequential-calls", 100);

	private static final Duration ONE_WAY = Duration.ofMillis(50);

	@Test
	void restoredLink() {
		run((context, link) -> {
			BlockingQueue<Handled> handled = new LinkedBlockingQueue<>();
			AtomicLong attempted = new AtomicLong();
			try (IrpcClient client = ProxiedClients.builder(link.port()).listener((source, connection) -> {
				if (connection.state() == ConnectionState.CONNECTING) {
					attempted.set(System.nanoTime());
				}
			}).build()) {
				subscribe(client, (event) -> handled.add(new Handled(event.number(), System.nanoTime())));
				RestoredLink restored = new RestoredLink(context, link, attempted, handled);
				restored.measure("no delay", ROUNDS);
				link.delay(ONE_WAY);
				restored.measure("100 ms round trip", ROUNDS);
			}
		});
	}

	@Test
	void linesOfResubscription() {
		run((context, link) -> {
			try (WireTap tap = WireTap.to(link.port());
					IrpcClient client = ProxiedClients.builder(tap.port()).build()) {
				subscribe(client, (event) -> {
				});
				awaitQuiet(tap);
				tap.forget();
				long toServer = link.passed(Side.CLIENT);
				long toClient = link.passed(Side.SERVER);
				int opened = link.connections();
				link.reset();
				await().until(() -> link.connections() > opened);
				awaitQuiet(tap);
				toServer = link.passed(Side.CLIENT) - toServer;
				toClient = link.passed(Side.SERVER) - toClient;
				tap.lines().forEach((line) -> System.out.printf("%4d bytes  %s%n", line.bytes(), line));
				System.out.printf("connect, login and resubscribe: %d bytes to the server, %d to the client%n",
						toServer, toClient);
				assertThat(tap.lines().stream().mapToLong(WireTap.Line::bytes).sum()).isEqualTo(toServer + toClient);
			}
		});
	}

	@Test
	void pipelining() {
		run((context, link) -> {
			try (IrpcClient client = ProxiedClients.client(link)) {
				client.call("lag.add").argument(1).argument(2).retrieve(Boolean.class);
				link.delay(ONE_WAY);
				report("100 ms round trip", client);
				link.bandwidth(DataSize.ofKilobytes(64));
				report("100 ms round trip, 64 KiB/s", client);
			}
		});
	}

	private static void subscribe(IrpcClient client, Consumer<NumberedEvent> handler) {
		client.subscribe("lag")
			.to(NumberedEvent.NAME, NumberedEvent.class)
			.durable()
			.onEvent(handler)
			.whenActive()
			.join();
	}

	// when nothing comes for a while, the client and the server are done
	private static void awaitQuiet(WireTap tap) {
		AtomicInteger before = new AtomicInteger(-1);
		await().pollInterval(Duration.ofMillis(500))
			.until(() -> tap.lines().size() == before.getAndSet(tap.lines().size()) && before.get() > 0);
	}

	private static void report(String line, IrpcClient client) {
		double sequential = seconds(() -> IntStream.range(0, SEQUENTIAL_CALLS).forEach((i) -> add(client, i).join()));
		double pipelined = seconds(() -> CompletableFuture
			.allOf(IntStream.range(0, CALLS).mapToObj((i) -> add(client, i)).toArray(CompletableFuture<?>[]::new))
			.join());
		double streamed = seconds(() -> {
			try (Stream<Integer> numbers = client.call("lag.numbers").argument(CALLS).retrieveStream(Integer.class)) {
				assertThat(numbers.count()).isEqualTo(CALLS);
			}
		});
		System.out.printf(
				"%s: %d calls one after the other %.2f s (%d: about %.0f s), %d at once %.2f s, %d elements"
						+ " of a stream %.2f s%n",
				line, SEQUENTIAL_CALLS, sequential, CALLS, sequential * CALLS / SEQUENTIAL_CALLS, CALLS, pipelined,
				CALLS, streamed);
	}

	private static CompletableFuture<?> add(IrpcClient client, int number) {
		return client.call("lag.add").argument(number).argument(2).retrieveAsync(Boolean.class);
	}

	private static double seconds(Runnable task) {
		long start = System.nanoTime();
		task.run();
		return (System.nanoTime() - start) / 1e9;
	}

	private static void run(Measurement measurement) {
		ProxiedClients.server().withUserConfiguration(Calculator.class).run((context) -> {
			try (BadLink link = BadLink.to(context.getBean(IrpcServer.class).port())) {
				measurement.run(context, link);
			}
		});
	}

	/**
	 * An event that was handled.
	 *
	 * @param number the number of the event
	 * @param time when the handler was called, in nanoseconds
	 */
	record Handled(long number, long time) {

	}

	private interface Measurement {

		void run(ApplicationContext context, BadLink link) throws Exception;

	}

	@IrpcService("lag")
	static class Calculator {

		public boolean add(int a, int b) {
			return a + b > 0;
		}

		public Stream<Integer> numbers(int end) {
			return IntStream.range(0, end).boxed();
		}

	}

}
