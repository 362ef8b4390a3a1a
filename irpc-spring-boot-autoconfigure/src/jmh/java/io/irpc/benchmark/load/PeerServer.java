package io.irpc.benchmark.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process of a server. It tells its port, answers each {@code mark} with what it has
 * consumed so far, and ends with its input.
 */
public final class PeerServer {

	private PeerServer() {
	}

	/**
	 * Run a server.
	 * @param args the name of the peer
	 * @throws Exception if it does not start
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		System.setOut(System.err);
		try (Peer.Service service = Peers.of(args[0]).serve()) {
			out.println("PORT " + service.port());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
			while (in.readLine() != null) {
				out.println("CONSUMED " + Consumption.allocatedBytes() + " " + Consumption.cpuTime());
			}
		}
		System.exit(0);
	}

}
