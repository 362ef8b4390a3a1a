package io.irpc.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.irpc.transport.TlsContext;
import io.irpc.transport.TlsMaterial;

/**
 * Decides which connections of a client use TLS.
 *
 * @param use which ones
 * @param tls ciphers them
 */
record TlsChoice(Use use, ClientTls tls) {

	/**
	 * TLS where there is a pin, and to every other machine.
	 */
	static final TlsChoice AUTOMATIC = new TlsChoice(Use.WHERE_NEEDED, of(ClientTls.of(TlsMaterial.NONE)).tls());

	/**
	 * No TLS.
	 */
	static final TlsChoice PLAIN_TEXT = new TlsChoice(Use.NOWHERE, AUTOMATIC.tls());

	static TlsChoice of(ClientTls tls) {
		Map<String, Supplier<TlsContext>> prepared = new ConcurrentHashMap<>();
		// addresses that are looked up need it again and again
		return new TlsChoice(Use.EVERYWHERE,
				(pin) -> prepared.computeIfAbsent(String.valueOf(pin), (text) -> tls.prepare(pin)));
	}

	/**
	 * Check that what is wanted for all servers can be used, before any of them is known.
	 * @throws IllegalArgumentException if it cannot
	 */
	void prepare() {
		if (this.use == Use.EVERYWHERE) {
			this.tls.prepare(null);
		}
	}

	/**
	 * Decide for some servers.
	 * @param servers the servers
	 * @return their addresses, with what ciphers connections to them
	 * @throws IllegalArgumentException if what is wanted contradicts what a server needs
	 */
	List<ServerAddress> decide(List<ServerUri> servers) {
		if (this.use == Use.EVERYWHERE && !servers.isEmpty() && servers.stream().noneMatch(ServerUri::isTcp)) {
			throw new IllegalArgumentException("There is no TLS over a Unix domain socket, which nobody else can read"
					+ " (expected: a TCP address among " + servers + ", or no TLS)");
		}
		List<ServerAddress> result = new ArrayList<>();
		for (ServerUri server : servers) {
			result.add(new ServerAddress(server.address(), isWanted(server) ? this.tls.prepare(server.pin()) : null));
		}
		return result;
	}

	private boolean isWanted(ServerUri server) {
		if (this.use == Use.NOWHERE && server.pin() != null) {
			throw new IllegalArgumentException("Plain text contradicts the pin in the address of " + server
					+ " (expected: TLS, or an address without a pin)");
		}
		return server.isTcp() && (this.use == Use.EVERYWHERE || server.pin() != null
				|| (this.use == Use.WHERE_NEEDED && !server.isLocal()));
	}

	/**
	 * Which connections use TLS.
	 */
	private enum Use {

		WHERE_NEEDED, EVERYWHERE, NOWHERE

	}

}
