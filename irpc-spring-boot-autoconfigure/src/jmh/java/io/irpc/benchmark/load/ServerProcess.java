package io.irpc.benchmark.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The server of a peer, in a process of its own.
 */
final class ServerProcess implements AutoCloseable {

	private final JavaProcess process;

	private final int port;

	/**
	 * Start a server, and wait until it listens.
	 * @param peer the name of the peer
	 * @param cpu the core to stay on, empty for all
	 * @param properties such as {@code name=value}
	 * @throws IOException if it does not start
	 */
	ServerProcess(String peer, String cpu, String... properties) throws IOException {
		List<String> args = new ArrayList<>(List.of(peer));
		args.addAll(List.of(properties));
		this.process = new JavaProcess(PeerServer.class, cpu, args);
		this.port = Integer.parseInt(this.process.await("PORT").get(0));
	}

	int port() {
		return this.port;
	}

	/**
	 * Raise events. Does not wait for them.
	 * @param count how many
	 */
	void raise(int count) {
		this.process.send("raise " + count);
	}

	/**
	 * Ask what the server has consumed so far, after it has raised all events.
	 * @return allocated bytes, and processor time in nanoseconds
	 * @throws IOException if the server has ended
	 */
	double[] consumed() throws IOException {
		this.process.send("mark");
		return this.process.numbers("CONSUMED");
	}

	/**
	 * Ask what the server keeps.
	 * @return bytes of the heap, and others
	 * @throws IOException if the server has ended
	 */
	double[] memory() throws IOException {
		// what the first collection finds may be garbage for the second only
		this.process.send("memory");
		this.process.await("MEMORY");
		this.process.send("memory");
		return this.process.numbers("MEMORY");
	}

	@Override
	public void close() throws InterruptedException {
		this.process.close();
	}

}
