package io.irpc.client;

import java.util.List;
import java.util.function.Supplier;

/**
 * Addresses that are texts at first, as they are found out before each attempt to
 * connect.
 */
final class LookedUpAddresses implements ServerAddresses {

	private final Supplier<List<String>> texts;

	private final TlsChoice tls;

	/**
	 * Create addresses.
	 * @param texts finds them out
	 * @param tls decides which of them are spoken to with TLS
	 * @throws IllegalArgumentException if it cannot be used
	 */
	LookedUpAddresses(Supplier<List<String>> texts, TlsChoice tls) {
		this.texts = texts;
		this.tls = tls;
		tls.prepare();
	}

	@Override
	public List<ServerAddress> get() {
		return this.tls.decide(this.texts.get().stream().map(LookedUpAddresses::parse).toList());
	}

	private static ServerUri parse(String text) {
		ServerUri server = ServerUri.parse(text);
		if (server.code() != null) {
			throw new IllegalArgumentException("The address " + server + " was looked up and has a pairing code"
					+ " (expected: none, or an address that is set)");
		}
		return server;
	}

}
