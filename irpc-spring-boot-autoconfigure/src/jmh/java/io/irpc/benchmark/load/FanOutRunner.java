package io.irpc.benchmark.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets a server raise events for many subscribed connections of one client process, as
 * fast as they are delivered, and prints the medians of deliveries per second and their
 * ratio to the first peer of the same run. Each connection has to get each event.
 */
public final class FanOutRunner {

	private final Options options;

	private FanOutRunner(Options options) {
		this.options = options;
	}

	/**
	 * Run peers.
	 * @param args options, such as {@code --connections=200}
	 * @throws Exception if a peer fails or an event is not delivered
	 */
	public static void main(String[] args) throws Exception {
		Map<String, String> defaults = Map.of("peers", "raw,irpc,irpc-callback,grpc-loop", "connections", "200",
				"burst", "16", "under-way", "64", "rounds", "3", "warm-up", "5", "seconds", "5", "cpu", "");
		new FanOutRunner(new Options(defaults, args)).run();
	}

	private void run() throws Exception {
		Map<String, List<Measured>> results = new LinkedHashMap<>();
		for (int round = 0; round < this.options.number("rounds"); round++) {
			for (String peer : this.options.list("peers")) {
				Measured measured = measure(peer);
				results.computeIfAbsent(peer, (name) -> new ArrayList<>()).add(measured);
				System.out.printf(Locale.ROOT, "# %s: %.0f/s%n", peer, measured.rate());
			}
		}
		print(results);
	}

	private Measured measure(String peer) throws Exception {
		String cpu = this.options.text("cpu");
		try (JavaProcess server = new JavaProcess(PeerServer.class, cpu, List.of(peer))) {
			String port = server.await("PORT").get(0);
			try (JavaProcess client = new JavaProcess(FanOutClient.class, cpu,
					List.of(peer, port, this.options.text("connections"), this.options.text("burst"),
							this.options.text("warm-up"), this.options.text("seconds")))) {
				client.await("READY");
				return exchange(server, client);
			}
		}
	}

	// a line for a burst and one for its deliveries cost far less than these
	private Measured exchange(JavaProcess server, JavaProcess client) throws IOException {
		String raise = "raise " + this.options.text("burst");
		long bursts = 0;
		while (bursts < this.options.number("under-way") / this.options.number("burst")) {
			server.send(raise);
			bursts++;
		}
		double[] before = {};
		for (List<String> line = client.read(); !line.get(0).equals("END"); line = client.read()) {
			if (line.get(0).equals("BEGIN")) {
				before = CallRun.consumed(server);
			}
			else {
				server.send(raise);
				bursts++;
			}
		}
		double[] after = CallRun.consumed(server);
		client.send(String.valueOf(bursts));
		double[] result = CallRun.numbers(client.await("RESULT"));
		return new Measured(result[1], (after[0] - before[0]) / result[0], result[2],
				(after[1] - before[1]) / result[0], result[3]);
	}

	private void print(Map<String, List<Measured>> results) {
		System.out.printf("%n%-22s %12s %7s %10s %10s %10s %10s%n", "1 to " + this.options.text("connections"),
				"deliveries/s", "ratio", "server B", "client B", "server ns", "client ns");
		double first = 0;
		for (Map.Entry<String, List<Measured>> entry : results.entrySet()) {
			List<Measured> all = entry.getValue();
			double rate = Medians.of(all, Measured::rate);
			first = (first > 0) ? first : rate;
			System.out.printf(Locale.ROOT, "%-22s %,12.0f %7.3f %10.0f %10.0f %10.0f %10.0f%n", entry.getKey(), rate,
					rate / first, Medians.of(all, Measured::serverBytes), Medians.of(all, Measured::clientBytes),
					Medians.of(all, Measured::serverTime), Medians.of(all, Measured::clientTime));
		}
	}

	/**
	 * What one run has measured.
	 *
	 * @param rate deliveries per second
	 * @param serverBytes bytes that the server has allocated for a delivery
	 * @param clientBytes bytes that the client has allocated for a delivery
	 * @param serverTime processor time of the server for a delivery, in nanoseconds
	 * @param clientTime processor time of the client for a delivery, in nanoseconds
	 */
	private record Measured(double rate, double serverBytes, double clientBytes, double serverTime, double clientTime) {

	}

}
