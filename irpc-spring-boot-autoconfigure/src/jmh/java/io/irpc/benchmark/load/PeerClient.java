package io.irpc.benchmark.load;

import java.io.PrintStream;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/**
 * The process of a client. It tells when it begins and ends to measure, and what it has
 * measured.
 */
public final class PeerClient {

	private PeerClient() {
	}

	/**
	 * Run a client.
	 * @param args the name of the peer, the port, the workload, seconds to warm up and
	 * seconds to measure
	 * @throws Exception if a call fails or an answer is wrong
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		System.setOut(System.err);
		Workload workload = Workload.parse(args[2]);
		long warmUp = Long.parseLong(args[3]) * 1000;
		long duration = Long.parseLong(args[4]) * 1000;
		try (Peer.Caller caller = Peers.of(args[0]).connect(Integer.parseInt(args[1]), workload.connections())) {
			ClosedLoop loop = new ClosedLoop(caller, workload);
			loop.start();
			Thread.sleep(warmUp);
			loop.measure();
			out.println("BEGIN");
			long calls = loop.calls();
			long allocated = Consumption.allocatedBytes();
			long cpuTime = Consumption.cpuTime();
			long started = System.nanoTime();
			Thread.sleep(duration);
			long ended = System.nanoTime();
			long done = loop.calls() - calls;
			allocated = Consumption.allocatedBytes() - allocated;
			cpuTime = Consumption.cpuTime() - cpuTime;
			out.println("END");
			loop.stop();
			Histogram latencies = loop.latencies();
			out.printf(Locale.ROOT, "RESULT %d %.1f %.1f %.1f %.1f %.1f%n", done, done / ((ended - started) / 1e9),
					latencies.getValueAtPercentile(50) / 1000.0, latencies.getValueAtPercentile(99) / 1000.0,
					(double) allocated / done, (double) cpuTime / done);
		}
		System.exit(0);
	}

}
