package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.irpc.client.Credentials;
import io.irpc.client.EventSubscription;
import io.irpc.client.IrpcClient;

/**
 * Tells what many functions and a long journal cost: the throughput of calls with few and
 * with many of them, and the time for each entry of short and long replays.
 */
public final class Growth {

	private static final String PEER = "irpc";

	private final Options options;

	private Growth(Options options) {
		this.options = options;
	}

	/**
	 * Measure with few and with many.
	 * @param args options, such as {@code --rounds=3}
	 * @throws Exception if a call or a replay fails
	 */
	public static void main(String[] args) throws Exception {
		Map<String, String> defaults = Map.of("functions", "1,1000", "entries", "1,100000", "replayed",
				"1000,10000,100000", "workload", "add-1x64", "rounds", "3", "warm-up", "5", "seconds", "5", "cpu", "");
		Growth growth = new Growth(new Options(defaults, args));
		growth.compare("functions");
		growth.compare("entries");
		growth.replay();
	}

	private void compare(String what) throws Exception {
		Map<String, Contest.Start> contestants = new LinkedHashMap<>();
		for (String size : this.options.list(what)) {
			contestants.put(size + " " + what, () -> start(what, Integer.parseInt(size)));
		}
		new Contest(this.options).run(this.options.text("workload"), contestants);
	}

	private Contestant start(String what, int size) throws Exception {
		boolean functions = what.equals("functions");
		ServerProcess server = start(functions ? size - 1 : 0);
		if (!functions) {
			server.raise(size);
		}
		return new Contestant(server, PEER, this.options.text("workload"), this.options.text("cpu"));
	}

	private ServerProcess start(int moreFunctions) throws Exception {
		return new ServerProcess(PEER, this.options.text("cpu"), MoreFunctions.PROPERTY + "=" + moreFunctions,
				"irpc.journal.max-events=1000000");
	}

	private void replay() throws Exception {
		List<Integer> sizes = this.options.list("replayed").stream().map(Integer::valueOf).toList();
		int most = sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
		try (ServerProcess server = start(0)) {
			server.raise(most);
			try (IrpcClient client = IrpcClient.builder()
				.address("irpc://127.0.0.1:" + server.port())
				.credentials(Credentials.ofPassword("user", "secret"))
				.build()) {
				client.connect().get(20, TimeUnit.SECONDS);
				replay(client, most);
				Map<Integer, List<Double>> results = new LinkedHashMap<>();
				for (int round = 0; round < this.options.number("rounds"); round++) {
					for (int size : sizes) {
						results.computeIfAbsent(size, (key) -> new ArrayList<>()).add(replay(client, size));
					}
				}
				System.out.printf("%-22s %12s %12s%n", "replay", "ms", "ns for each");
				results.forEach(Growth::print);
			}
		}
	}

	private static double replay(IrpcClient client, int size) throws InterruptedException {
		CountDownLatch missing = new CountDownLatch(size);
		long started = System.nanoTime();
		try (EventSubscription subscription = client.subscribe("replay")
			.to("tick", IrpcServerApplication.Tick.class)
			.last(size)
			.onEvent((tick) -> missing.countDown())) {
			if (!missing.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException(subscription.event() + " is missing " + missing.getCount() + " times");
			}
			return System.nanoTime() - started;
		}
	}

	private static void print(int size, List<Double> times) {
		double time = Quantiles.of(times, 0.5);
		System.out.printf(Locale.ROOT, "%-22s %,12.1f %,12.0f%n", size + " entries", time / 1e6, time / size);
	}

}
