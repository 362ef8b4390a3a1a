package io.irpc.benchmark.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.irpc.benchmark.load.IrpcPeer.Option;

/**
 * The peers by name.
 */
final class Peers {

	private static final Map<String, Supplier<Peer>> PEERS = new LinkedHashMap<>();

	static {
		PEERS.put("raw", () -> new RawPeer(RawAnswerer::new, RawAsker::new));
		PEERS.put("raw-json", () -> new RawPeer(JsonAnswerer::new, JsonAsker::new));
		PEERS.put("irpc", IrpcPeer::new);
		PEERS.put("irpc-non-blocking", () -> new IrpcPeer(Option.NON_BLOCKING));
		PEERS.put("irpc-tls", () -> new IrpcPeer(Option.ENCRYPTED));
		PEERS.put("irpc-unobserved", () -> new IrpcPeer(Option.UNOBSERVED));
		PEERS.put("irpc-unobserved-non-blocking", () -> new IrpcPeer(Option.UNOBSERVED, Option.NON_BLOCKING));
		PEERS.put("irpc-unobserved-tls", () -> new IrpcPeer(Option.UNOBSERVED, Option.ENCRYPTED));
		PEERS.put("grpc-loop", () -> new GrpcPeer(true));
		PEERS.put("grpc", () -> new GrpcPeer(false));
		PEERS.put("grpc-spring", GrpcSpringPeer::new);
		PEERS.put("rsocket", RSocketPeer::new);
		PEERS.put("rsocket-spring", RSocketSpringPeer::new);
	}

	private static final Map<String, Supplier<Peer>> EVENT_PEERS = Map.of("irpc-callback",
			() -> new IrpcPeer(Option.CALLBACK));

	private Peers() {
	}

	/**
	 * Return the names of the peers that differ in calls.
	 * @return the names
	 */
	static Set<String> names() {
		return PEERS.keySet();
	}

	static Peer of(String name) {
		Supplier<Peer> peer = PEERS.getOrDefault(name, EVENT_PEERS.get(name));
		if (peer == null) {
			throw new IllegalArgumentException(
					"No peer " + name + " (expected: one of " + names() + " or " + EVENT_PEERS.keySet() + ")");
		}
		return peer.get();
	}

}
