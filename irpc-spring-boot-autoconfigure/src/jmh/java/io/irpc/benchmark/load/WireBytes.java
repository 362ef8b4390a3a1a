package io.irpc.benchmark.load;

import java.util.Locale;
import java.util.Map;

/**
 * Counts how many bytes a call takes on the wire, headers of TCP left out.
 */
public final class WireBytes {

	private WireBytes() {
	}

	/**
	 * Run peers and print the bytes of a call each way.
	 * @param args options, such as {@code --workload=add-1x60}
	 * @throws Exception if a peer fails
	 */
	public static void main(String[] args) throws Exception {
		Options options = new Options(
				Map.of("peers", "raw,irpc,rsocket,rsocket-spring,grpc-loop", "workload", "add-1x60", "seconds", "3"),
				args);
		System.out.printf("%-22s %12s %12s%n", options.text("workload"), "to server", "to client");
		for (String peer : options.list("peers")) {
			try (ServerProcess server = new ServerProcess(peer, "");
					CountingProxy proxy = new CountingProxy(server.port())) {
				count(peer, proxy, Workload.parse(options.text("workload")), options.number("seconds"));
			}
		}
		System.exit(0);
	}

	private static void count(String peer, CountingProxy proxy, Workload workload, int seconds) throws Exception {
		try (Peer.Caller caller = Peers.of(peer).connect(proxy.port(), workload.connections())) {
			run(caller, workload, 1);
			long toServer = proxy.toServer();
			long toClient = proxy.toClient();
			double calls = run(caller, workload, seconds);
			System.out.printf(Locale.ROOT, "%-22s %12.1f %12.1f%n", peer, (proxy.toServer() - toServer) / calls,
					(proxy.toClient() - toClient) / calls);
		}
	}

	private static long run(Peer.Caller caller, Workload workload, int seconds) throws InterruptedException {
		ClosedLoop loop = new ClosedLoop(caller, workload);
		loop.start();
		Thread.sleep(1000L * seconds);
		loop.stop(0);
		return loop.count();
	}

}
