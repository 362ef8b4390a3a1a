package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs each peer with each workload, peer after peer in each round, and prints the
 * medians and their ratio to the first peer of the same run.
 */
public final class LoadRunner {

	private final Options options;

	private LoadRunner(Options options) {
		this.options = options;
	}

	/**
	 * Run peers with workloads.
	 * @param args options, such as {@code --rounds=3}
	 * @throws Exception if a peer fails
	 */
	public static void main(String[] args) throws Exception {
		Map<String, String> defaults = Map.of("peers", String.join(",", Peers.names()), "workloads",
				"add-1x64,add-8x32,echo-1x64,add-1x1,blocking-1x64", "rounds", "3", "warm-up", "5", "seconds", "5",
				"cpu", "");
		new LoadRunner(new Options(defaults, args)).run();
	}

	private void run() throws Exception {
		List<String> peers = this.options.list("peers");
		for (String workload : this.options.list("workloads")) {
			Map<String, List<CallRun>> results = new LinkedHashMap<>();
			for (int round = 0; round < this.options.number("rounds"); round++) {
				for (String peer : peers) {
					CallRun measured = measure(peer, workload);
					results.computeIfAbsent(peer, (name) -> new ArrayList<>()).add(measured);
					System.out.printf(Locale.ROOT, "# %s %s: %.0f/s%n", workload, peer, measured.rate());
				}
			}
			print(workload, results);
		}
	}

	private CallRun measure(String peer, String workload) throws Exception {
		try (JavaProcess server = new JavaProcess(PeerServer.class, this.options.text("cpu"), List.of(peer))) {
			String port = server.await("PORT").get(0);
			return CallRun.run(server, port, peer, workload, this.options);
		}
	}

	private static void print(String workload, Map<String, List<CallRun>> results) {
		System.out.printf("%n%-22s %12s %7s %9s %9s %10s %10s %10s %10s%n", workload, "calls/s", "ratio", "p50 µs",
				"p99 µs", "server B", "client B", "server ns", "client ns");
		double first = 0;
		for (Map.Entry<String, List<CallRun>> entry : results.entrySet()) {
			CallRun median = CallRun.median(entry.getValue());
			first = (first > 0) ? first : median.rate();
			System.out.printf(Locale.ROOT, "%-22s %,12.0f %7.3f %9.1f %9.1f %10.0f %10.0f %10.0f %10.0f%n",
					entry.getKey(), median.rate(), median.rate() / first, median.p50(), median.p99(),
					median.serverBytes(), median.clientBytes(), median.serverTime(), median.clientTime());
		}
		System.out.println();
	}

}
