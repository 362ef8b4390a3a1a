package io.irpc.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * Reads the address of a server.
 */
final class AddressParser {

	static final int DEFAULT_PORT = 10123;

	static final String EXPECTED = "host:port, [IPv6 address]:port, a host alone for port " + DEFAULT_PORT
			+ ", unix:/path, or the irpc:// line that the server logs at its start";

	private static final String UNIX = "unix:";

	private static final int MAX_PORT = 65535;

	private AddressParser() {
	}

	/**
	 * Read an address.
	 * @param text {@code host}, {@code host:port}, {@code [IPv6]:port} or
	 * {@code unix:/path}
	 * @return the address; a host is not resolved
	 * @throws IllegalArgumentException if it is none of these
	 */
	static SocketAddress parse(String text) {
		if (text.startsWith(UNIX) && text.length() > UNIX.length()) {
			return UnixDomainSocketAddress.of(text.substring(UNIX.length()));
		}
		int bracket = text.lastIndexOf(']');
		int colon = text.indexOf(':', bracket + 1);
		String host = (colon >= 0) ? text.substring(0, colon) : text;
		if (bracket >= 0 && text.startsWith("[")) {
			host = text.substring(1, bracket);
		}
		int port = (colon >= 0) ? port(text.substring(colon + 1)) : DEFAULT_PORT;
		if (host.isBlank() || host.contains("/") || port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException(text + " is no address of an IRPC server (expected: " + EXPECTED + ")");
		}
		return InetSocketAddress.createUnresolved(host, port);
	}

	private static int port(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
