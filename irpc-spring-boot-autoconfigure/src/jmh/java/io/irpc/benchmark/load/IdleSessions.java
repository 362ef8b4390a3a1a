package io.irpc.benchmark.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells what idle sessions cost the server: the memory of sessions that have logged in
 * and subscribed to an event, and the throughput of one more connection meanwhile.
 */
public final class IdleSessions {

	private static final String PEER = "irpc";

	private static final int WARM_UP = 200;

	private final Options options;

	private IdleSessions(Options options) {
		this.options = options;
	}

	/**
	 * Measure idle sessions.
	 * @param args options, such as {@code --sessions=10000}
	 * @throws Exception if a session fails
	 */
	public static void main(String[] args) throws Exception {
		Map<String, String> defaults = Map.of("sessions", "10000", "workload", "add-1x64", "rounds", "3", "warm-up",
				"3", "seconds", "3", "cpu", "");
		new IdleSessions(new Options(defaults, args)).run();
	}

	private void run() throws Exception {
		try (JavaProcess server = new JavaProcess(PeerServer.class, this.options.text("cpu"), List.of(PEER))) {
			String port = server.await("PORT").get(0);
			measureMemory(server, Integer.parseInt(port));
			measureCalls(server, port);
		}
	}

	private void measureMemory(JavaProcess server, int port) throws Exception {
		new IdleConnections(port, WARM_UP).close();
		// the server forgets them
		Thread.sleep(1000);
		int sessions = this.options.number("sessions");
		double[] without = memory(server);
		double[] with;
		try (IdleConnections idle = new IdleConnections(port, sessions)) {
			with = memory(server);
		}
		System.out.printf(Locale.ROOT, "%-22s %14s %14s%n", "memory", "heap B", "direct B");
		System.out.printf(Locale.ROOT, "%-22s %,14.0f %,14.0f%n", "0 sessions", without[0], without[1]);
		System.out.printf(Locale.ROOT, "%-22s %,14.0f %,14.0f%n", sessions + " sessions", with[0], with[1]);
		System.out.printf(Locale.ROOT, "%-22s %,14.0f %,14.0f%n%n", "each", (with[0] - without[0]) / sessions,
				(with[1] - without[1]) / sessions);
	}

	private static double[] memory(JavaProcess server) throws IOException {
		// what the first collection finds may be garbage for the second only
		server.send("memory");
		server.await("MEMORY");
		server.send("memory");
		return CallRun.numbers(server.await("MEMORY"));
	}

	private void measureCalls(JavaProcess server, String port) throws Exception {
		int sessions = this.options.number("sessions");
		List<CallRun> few = new ArrayList<>();
		List<CallRun> many = new ArrayList<>();
		for (int round = 0; round < this.options.number("rounds"); round++) {
			few.add(measureCalls(server, port, 1));
			many.add(measureCalls(server, port, sessions));
		}
		String workload = this.options.text("workload");
		System.out.printf("%n%-22s %12s %7s %9s %9s %10s%n", workload, "calls/s", "ratio", "p50 µs", "p99 µs",
				"server ns");
		double first = CallRun.median(few).rate();
		print("1 idle session", CallRun.median(few), first);
		print(sessions + " idle sessions", CallRun.median(many), first);
	}

	private CallRun measureCalls(JavaProcess server, String port, int sessions) throws Exception {
		try (IdleConnections idle = new IdleConnections(Integer.parseInt(port), sessions)) {
			CallRun run = CallRun.run(server, port, PEER, this.options.text("workload"), this.options);
			System.out.printf(Locale.ROOT, "# %d idle: %.0f/s%n", sessions, run.rate());
			return run;
		}
	}

	private static void print(String name, CallRun run, double first) {
		System.out.printf(Locale.ROOT, "%-22s %,12.0f %7.3f %9.1f %9.1f %10.0f%n", name, run.rate(), run.rate() / first,
				run.p50(), run.p99(), run.serverTime());
	}

}
