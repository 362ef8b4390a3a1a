package io.irpc.benchmark.load;

import java.io.IOException;
import java.util.List;

/**
 * What a run of calls has measured.
 *
 * @param rate calls per second
 * @param p50 half of the calls took less, in microseconds
 * @param p99 99 % of the calls took less, in microseconds
 * @param serverBytes bytes that the server has allocated for a call
 * @param clientBytes bytes that the client has allocated for a call
 * @param serverTime processor time of the server for a call, in nanoseconds
 * @param clientTime processor time of the client for a call, in nanoseconds
 */
record CallRun(double rate, double p50, double p99, double serverBytes, double clientBytes, double serverTime,
		double clientTime) {

	/**
	 * Let a new client call.
	 * @param server the server
	 * @param port its port
	 * @param peer the name of the peer
	 * @param workload the name of the workload
	 * @param options with {@code warm-up}, {@code seconds} and {@code cpu}
	 * @return what has been measured
	 * @throws Exception if a call fails
	 */
	static CallRun run(JavaProcess server, String port, String peer, String workload, Options options)
			throws Exception {
		try (JavaProcess client = new JavaProcess(PeerClient.class, options.text("cpu"),
				List.of(peer, port, workload, options.text("warm-up"), options.text("seconds")))) {
			client.await("BEGIN");
			double[] before = consumed(server);
			client.await("END");
			double[] after = consumed(server);
			double[] result = numbers(client.await("RESULT"));
			return new CallRun(result[1], result[2], result[3], (after[0] - before[0]) / result[0], result[4],
					(after[1] - before[1]) / result[0], result[5]);
		}
	}

	static CallRun median(List<CallRun> all) {
		return new CallRun(Medians.of(all, CallRun::rate), Medians.of(all, CallRun::p50), Medians.of(all, CallRun::p99),
				Medians.of(all, CallRun::serverBytes), Medians.of(all, CallRun::clientBytes),
				Medians.of(all, CallRun::serverTime), Medians.of(all, CallRun::clientTime));
	}

	/**
	 * Ask what a server has consumed so far.
	 * @param server the server
	 * @return allocated bytes, and processor time in nanoseconds
	 * @throws IOException if the server has ended
	 */
	static double[] consumed(JavaProcess server) throws IOException {
		server.send("mark");
		return numbers(server.await("CONSUMED"));
	}

	static double[] numbers(List<String> words) {
		return words.stream().mapToDouble(Double::parseDouble).toArray();
	}

}
