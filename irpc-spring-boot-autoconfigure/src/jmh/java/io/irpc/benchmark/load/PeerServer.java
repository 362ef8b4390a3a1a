package io.irpc.benchmark.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.irpc.support.UsedMemory;

/**
 * The process of a server. It tells its port, answers each {@code mark} with what it has
 * consumed so far and each {@code memory} with what it uses, raises so many events for
 * each {@code raise}, and ends with its input.
 */
public final class PeerServer {

	private final Peer.Service service;

	private final PrintStream out;

	private int raised;

	private PeerServer(Peer.Service service, PrintStream out) {
		this.service = service;
		this.out = out;
	}

	/**
	 * Run a server.
	 * @param args the name of the peer, and properties, such as {@code name=value}
	 * @throws Exception if it does not start
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		System.setOut(System.err);
		for (int i = 1; i < args.length; i++) {
			String[] property = args[i].split("=", 2);
			System.setProperty(property[0], property[1]);
		}
		try (Peer.Service service = Peers.of(args[0]).serve()) {
			out.println("PORT " + service.port());
			PeerServer server = new PeerServer(service, out);
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				server.obey(line.split(" "));
			}
		}
		System.exit(0);
	}

	private void obey(String[] words) {
		switch (words[0]) {
			case "mark" -> this.out.println("CONSUMED " + Consumption.allocatedBytes() + " " + Consumption.cpuTime());
			case "memory" -> this.out.println("MEMORY " + UsedMemory.heapAfterCollection() + " " + UsedMemory.direct());
			case "raise" -> {
				int count = Integer.parseInt(words[1]);
				this.service.raise(this.raised, count);
				this.raised += count;
			}
			default -> throw new IllegalArgumentException(words[0]);
		}
	}

}
