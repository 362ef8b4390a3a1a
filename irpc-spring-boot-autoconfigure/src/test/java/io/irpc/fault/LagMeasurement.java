package io.irpc.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
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
 * {@code mvn test -Plag}.
 */
class LagMeasurement {

	private static final int ROUNDS = 30;

	private static final int CALLS = 1000;

	private static final int SEQUENTIAL_CALLS = 100;

	private static final Duration ONE_WAY = Duration.ofMillis(50);

	@Test
	void restoredLink() {
		run((context, link) -> {
			BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
			try (IrpcClient client = ProxiedClients.client(link)) {
				client.subscribe("lag")
					.to(NumberedEvent.NAME, NumberedEvent.class)
					.durable()
					.onEvent((event) -> handled.add(event.number()))
					.whenActive()
					.join();
				AtomicLong number = new AtomicLong();
				restored("no delay", context, link, number, handled);
				link.delay(ONE_WAY);
				restored("100 ms round trip", context, link, number, handled);
				bytes(link, client);
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

	private static void restored(String line, ApplicationContext context, BadLink link, AtomicLong number,
			BlockingQueue<Long> handled) throws InterruptedException {
		List<Double> millis = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			int opened = link.connections();
			link.freeze().reset();
			await().pollInterval(Duration.ofMillis(1)).until(() -> link.connections() > opened);
			long raised = number.incrementAndGet();
			context.publishEvent(new NumberedEvent(1, raised));
			long start = System.nanoTime();
			link.thaw();
			assertThat(handled.poll(20, TimeUnit.SECONDS)).isEqualTo(raised);
			millis.add((System.nanoTime() - start) / 1e6);
		}
		millis.sort(null);
		System.out.printf("link restored to event handled, %s: median %.1f ms, 95 %% %.1f ms (%d rounds)%n", line,
				millis.get(ROUNDS / 2), millis.get(ROUNDS * 95 / 100), ROUNDS);
	}

	private static void bytes(BadLink link, IrpcClient client) {
		client.call("lag.add").argument(1).argument(2).retrieve(Boolean.class);
		await().during(Duration.ofMillis(500)).until(() -> true);
		long toServer = link.passed(Side.CLIENT);
		long toClient = link.passed(Side.SERVER);
		int opened = link.connections();
		link.reset();
		await().until(() -> link.connections() > opened);
		await().during(Duration.ofSeconds(1)).until(() -> true);
		System.out.printf("bytes of connect, login and resubscribe: %d to the server, %d to the client%n",
				link.passed(Side.CLIENT) - toServer, link.passed(Side.SERVER) - toClient);
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
