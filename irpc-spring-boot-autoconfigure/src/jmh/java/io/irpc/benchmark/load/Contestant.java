package io.irpc.benchmark.load;

import java.io.IOException;
import java.util.List;

/**
 * One of those that are compared: a server and its client, which do nothing between its
 * turns.
 */
class Contestant implements AutoCloseable {

	private static final int TURN = 1000;

	// bursts of events that are raised before the first of them is everywhere
	private static final int UNDER_WAY = 4;

	private final ServerProcess server;

	private final JavaProcess client;

	private final Workload workload;

	private long bursts;

	/**
	 * Start a client for a server.
	 * @param server the server, closed with this
	 * @param peer the name of the peer
	 * @param workload the name of the workload
	 * @param cpu the core to stay on, empty for all
	 * @throws IOException if it does not start
	 */
	Contestant(ServerProcess server, String peer, String workload, String cpu) throws IOException {
		this.server = server;
		this.workload = Workload.parse(workload);
		this.client = new JavaProcess(PeerClient.class, cpu, List.of(peer, String.valueOf(server.port()), workload));
		this.client.await("READY");
	}

	/**
	 * Let the client call, or the server raise events, as fast as it goes for a second.
	 * @return what has been measured
	 * @throws IOException if a call fails, an answer is wrong or an event is missing
	 */
	Turn turn() throws IOException {
		double[] before = this.server.consumed();
		this.client.send(String.valueOf(TURN));
		this.client.await("BEGIN");
		for (int i = 0; this.workload.kind() == Workload.Kind.EVENT && i < UNDER_WAY; i++) {
			raise();
		}
		// a line for a burst and one for its deliveries cost far less than these
		for (String word = word(); !word.equals("END"); word = word()) {
			if (word.equals("DELIVERED")) {
				raise();
			}
		}
		this.client.send(String.valueOf(this.bursts));
		double[] result = this.client.numbers("RESULT");
		double[] after = this.server.consumed();
		double count = result[0];
		return new Turn(count / result[1], result[2], result[3], (after[0] - before[0]) / count, result[4] / count,
				(after[1] - before[1]) / count, result[5] / count);
	}

	private String word() throws IOException {
		return this.client.read().get(0);
	}

	private void raise() {
		this.server.raise(this.workload.inFlight());
		this.bursts++;
	}

	@Override
	public void close() throws Exception {
		this.client.close();
		this.server.close();
	}

}
