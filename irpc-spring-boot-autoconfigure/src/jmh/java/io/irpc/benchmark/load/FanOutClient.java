package io.irpc.benchmark.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The process of the subscribers. It tells when each of them has got a burst of events,
 * when it begins and ends to measure, and what it has measured.
 */
public final class FanOutClient {

	private FanOutClient() {
	}

	/**
	 * Run a client.
	 * @param args the name of the peer, the port, how many connections and events of a
	 * burst, seconds to warm up and seconds to measure
	 * @throws Exception if an event is not delivered
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		System.setOut(System.err);
		int connections = Integer.parseInt(args[2]);
		int burst = Integer.parseInt(args[3]);
		Deliveries deliveries = new Deliveries(connections, burst, () -> out.println("DELIVERED"));
		try (Peer.Caller caller = Peers.of(args[0]).connect(Integer.parseInt(args[1]), connections)) {
			caller.subscribe(deliveries::subscriber);
			out.println("READY");
			TimeUnit.SECONDS.sleep(Long.parseLong(args[4]));
			out.println("BEGIN");
			long count = deliveries.count();
			long allocated = Consumption.allocatedBytes();
			long cpuTime = Consumption.cpuTime();
			long started = System.nanoTime();
			TimeUnit.SECONDS.sleep(Long.parseLong(args[5]));
			long ended = System.nanoTime();
			count = deliveries.count() - count;
			allocated = Consumption.allocatedBytes() - allocated;
			cpuTime = Consumption.cpuTime() - cpuTime;
			out.println("END");
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
			deliveries.await(Long.parseLong(in.readLine()));
			out.printf(Locale.ROOT, "RESULT %d %.1f %.1f %.1f%n", count, count / ((ended - started) / 1e9),
					(double) allocated / count, (double) cpuTime / count);
		}
		System.exit(0);
	}

}
