package io.irpc.actuate;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Writes addresses as they are configured.
 */
final class Addresses {

	private Addresses() {
	}

	/**
	 * Return an address in words for people.
	 * @param address the address, {@code null} for none
	 * @return such as {@code 192.0.2.1:10123}, {@code [::1]:10123} or
	 * {@code unix:/run/daemon.sock}; {@code null} for none
	 */
	static @Nullable String text(@Nullable SocketAddress address) {
		if (address instanceof InetSocketAddress tcp) {
			String host = tcp.isUnresolved() ? tcp.getHostString() : tcp.getAddress().getHostAddress();
			return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + tcp.getPort();
		}
		if (address instanceof UnixDomainSocketAddress unix) {
			return "unix:" + unix.getPath();
		}
		return (address != null) ? address.toString() : null;
	}

}
