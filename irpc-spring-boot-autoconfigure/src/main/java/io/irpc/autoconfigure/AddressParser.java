package io.irpc.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.irpc.service.IrpcConfigurationException;

/**
 * Reads the address of a server from a property.
 */
final class AddressParser {

	private static final String UNIX = "unix:";

	private static final int MAX_PORT = 65535;

	private AddressParser() {
	}

	/**
	 * Read an address.
	 * @param property the name of the property, for errors
	 * @param text {@code host}, {@code host:port}, {@code [IPv6]:port} or
	 * {@code unix:/path}
	 * @return the address; a host is not resolved
	 */
	static SocketAddress parse(String property, String text) {
		if (text.startsWith(UNIX) && text.length() > UNIX.length()) {
			return UnixDomainSocketAddress.of(text.substring(UNIX.length()));
		}
		int bracket = text.lastIndexOf(']');
		int colon = text.indexOf(':', bracket + 1);
		String host = (colon >= 0) ? text.substring(0, colon) : text;
		if (bracket >= 0 && text.startsWith("[")) {
			host = text.substring(1, bracket);
		}
		int port = (colon >= 0) ? port(text.substring(colon + 1)) : IrpcServerProperties.DEFAULT_PORT;
		if (host.isBlank() || host.contains("/") || port < 1 || port > MAX_PORT) {
			throw new IrpcConfigurationException(property + "=" + text + " is no address of an IRPC server",
					"Set it to host:port, to [IPv6 address]:port, to a host alone for port "
							+ IrpcServerProperties.DEFAULT_PORT + ", or to unix:/path.");
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
