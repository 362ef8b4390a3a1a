package io.irpc.benchmark.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/**
 * The process of a client. It tells when it is connected. For each turn it reads how
 * long, tells that it has begun and that the time is over, reads how many bursts of
 * events have been raised by then, and tells what it has measured. While events are
 * raised it also tells when each subscriber has got a burst of them. It ends with its
 * input.
 */
public final class PeerClient {

	private PeerClient() {
	}

	/**
	 * Run a client.
	 * @param args the name of the peer, the port and the workload
	 * @throws Exception if a call fails, an answer is wrong or an event is missing
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		System.setOut(System.err);
		Workload workload = Workload.parse(args[2]);
		try (Peer.Caller caller = Peers.of(args[0]).connect(Integer.parseInt(args[1]), workload.connections())) {
			Load load = load(caller, workload, out);
			out.println("READY");
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
			for (String millis = in.readLine(); millis != null; millis = in.readLine()) {
				turn(load, Long.parseLong(millis), in, out);
			}
		}
		System.exit(0);
	}

	private static Load load(Peer.Caller caller, Workload workload, PrintStream out) {
		if (workload.kind() != Workload.Kind.EVENT) {
			return new ClosedLoop(caller, workload);
		}
		Deliveries deliveries = new Deliveries(workload, () -> out.println("DELIVERED"));
		caller.subscribe(deliveries::subscriber);
		return deliveries;
	}

	private static void turn(Load load, long millis, BufferedReader in, PrintStream out) throws Exception {
		long count = load.count();
		long allocated = Consumption.allocatedBytes();
		long cpuTime = Consumption.cpuTime();
		long started = System.nanoTime();
		load.start();
		out.println("BEGIN");
		Thread.sleep(millis);
		out.println("END");
		load.stop(Long.parseLong(in.readLine()));
		double seconds = (System.nanoTime() - started) / 1e9;
		Histogram latencies = load.latencies();
		out.printf(Locale.ROOT, "RESULT %d %.6f %.1f %.1f %d %d%n", load.count() - count, seconds,
				latencies.getValueAtPercentile(50) / 1000.0, latencies.getValueAtPercentile(99) / 1000.0,
				Consumption.allocatedBytes() - allocated, Consumption.cpuTime() - cpuTime);
	}

}
