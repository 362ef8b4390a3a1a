package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs each peer with each workload, peer after peer in each round, and prints the
 * medians and their ratio to the first peer of the same run.
 */
public final class LoadRunner {

	private final Map<String, String> options = new LinkedHashMap<>(Map.of("peers", String.join(",", Peers.names()),
			"workloads", "add-1x64,add-8x32,echo-1x64,add-1x1,blocking-1x64", "rounds", "3", "warm-up", "5", "seconds",
			"5", "cpu", ""));

	private LoadRunner(String[] args) {
		for (String arg : args) {
			String[] option = arg.split("=", 2);
			if (option.length != 2 || !arg.startsWith("--") || !this.options.containsKey(option[0].substring(2))) {
				throw new IllegalArgumentException(
						"No option " + arg + " (expected: --NAME=VALUE with a name of " + this.options.keySet() + ")");
			}
			this.options.put(option[0].substring(2), option[1]);
		}
	}

	/**
	 * Run peers with workloads.
	 * @param args options, such as {@code --rounds=3}
	 * @throws Exception if a peer fails
	 */
	public static void main(String[] args) throws Exception {
		new LoadRunner(args).run();
	}

	private void run() throws Exception {
		List<String> peers = list("peers");
		for (String workload : list("workloads")) {
			Map<String, List<Measured>> results = new LinkedHashMap<>();
			for (int round = 0; round < Integer.parseInt(option("rounds")); round++) {
				for (String peer : peers) {
					Measured measured = measure(peer, workload);
					results.computeIfAbsent(peer, (name) -> new ArrayList<>()).add(measured);
					System.out.printf(Locale.ROOT, "# %s %s: %.0f/s%n", workload, peer, measured.rate());
				}
			}
			print(workload, results);
		}
	}

	private Measured measure(String peer, String workload) throws Exception {
		try (JavaProcess server = new JavaProcess(PeerServer.class, option("cpu"), List.of(peer))) {
			String port = server.await("PORT").get(0);
			try (JavaProcess client = new JavaProcess(PeerClient.class, option("cpu"),
					List.of(peer, port, workload, option("warm-up"), option("seconds")))) {
				client.await("BEGIN");
				double[] before = consumed(server);
				client.await("END");
				double[] after = consumed(server);
				double[] result = client.await("RESULT").stream().mapToDouble(Double::parseDouble).toArray();
				return new Measured(result[1], result[2], result[3], (after[0] - before[0]) / result[0], result[4],
						(after[1] - before[1]) / result[0], result[5]);
			}
		}
	}

	private static double[] consumed(JavaProcess server) throws Exception {
		server.send("mark");
		return server.await("CONSUMED").stream().mapToDouble(Double::parseDouble).toArray();
	}

	private static void print(String workload, Map<String, List<Measured>> results) {
		System.out.printf("%n%-22s %12s %7s %9s %9s %10s %10s %10s %10s%n", workload, "calls/s", "ratio", "p50 µs",
				"p99 µs", "server B", "client B", "server ns", "client ns");
		double first = 0;
		for (Map.Entry<String, List<Measured>> entry : results.entrySet()) {
			Measured median = Measured.median(entry.getValue());
			first = (first > 0) ? first : median.rate();
			System.out.printf(Locale.ROOT, "%-22s %,12.0f %7.3f %9.1f %9.1f %10.0f %10.0f %10.0f %10.0f%n",
					entry.getKey(), median.rate(), median.rate() / first, median.p50(), median.p99(),
					median.serverBytes(), median.clientBytes(), median.serverTime(), median.clientTime());
		}
		System.out.println();
	}

	private String option(String name) {
		return this.options.getOrDefault(name, "");
	}

	private List<String> list(String name) {
		return Arrays.asList(option(name).split(","));
	}

	/**
	 * What one run has measured.
	 *
	 * @param rate calls per second
	 * @param p50 half of the calls took less, in microseconds
	 * @param p99 99 % of the calls took less, in microseconds
	 * @param serverBytes bytes that the server has allocated for a call
	 * @param clientBytes bytes that the client has allocated for a call
	 * @param serverTime processor time of the server for a call, in nanoseconds
	 * @param clientTime processor time of the client for a call, in nanoseconds
	 */
	private record Measured(double rate, double p50, double p99, double serverBytes, double clientBytes,
			double serverTime, double clientTime) {

		static Measured median(List<Measured> all) {
			return new Measured(median(all, Measured::rate), median(all, Measured::p50), median(all, Measured::p99),
					median(all, Measured::serverBytes), median(all, Measured::clientBytes),
					median(all, Measured::serverTime), median(all, Measured::clientTime));
		}

		private static double median(List<Measured> all, ToDoubleFunction<Measured> figure) {
			double[] values = all.stream().mapToDouble(figure).sorted().toArray();
			return values[values.length / 2];
		}

	}

}
