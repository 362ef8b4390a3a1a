package io.irpc.benchmark.load;

import java.io.IOException;
import java.util.LinkedHashMap;
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
				"5", "seconds", "5", "cpu", "");
		new IdleSessions(new Options(defaults, args)).run();
	}

	private void run() throws Exception {
		int sessions = this.options.number("sessions");
		measureMemory(sessions);
		Map<String, Contest.Start> contestants = new LinkedHashMap<>();
		contestants.put("1 idle session", () -> start(1));
		contestants.put(sessions + " idle sessions", () -> start(sessions));
		new Contest(this.options).run(this.options.text("workload"), contestants);
	}

	private void measureMemory(int sessions) throws Exception {
		try (ServerProcess server = start()) {
			new IdleConnections(server.port(), WARM_UP).close();
			// the server forgets them
			Thread.sleep(1000);
			double[] without = server.memory();
			double[] with;
			try (IdleConnections idle = new IdleConnections(server.port(), sessions)) {
				with = server.memory();
			}
			System.out.printf(Locale.ROOT, "%-22s %14s %14s%n", "memory", "heap B", "direct B");
			System.out.printf(Locale.ROOT, "%-22s %,14.0f %,14.0f%n", "0 sessions", without[0], without[1]);
			System.out.printf(Locale.ROOT, "%-22s %,14.0f %,14.0f%n", sessions + " sessions", with[0], with[1]);
			System.out.printf(Locale.ROOT, "%-22s %,14.0f %,14.0f%n%n", "each", (with[0] - without[0]) / sessions,
					(with[1] - without[1]) / sessions);
		}
	}

	private ServerProcess start() throws IOException {
		return new ServerProcess(PEER, this.options.text("cpu"));
	}

	private Contestant start(int sessions) throws Exception {
		ServerProcess server = start();
		IdleConnections idle = new IdleConnections(server.port(), sessions);
		return new Contestant(server, PEER, this.options.text("workload"), this.options.text("cpu")) {

			@Override
			public void close() throws Exception {
				try {
					idle.close();
				}
				finally {
					super.close();
				}
			}

		};
	}

}
