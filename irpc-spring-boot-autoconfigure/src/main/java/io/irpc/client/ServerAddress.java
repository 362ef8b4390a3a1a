package io.irpc.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Supplier;

import io.irpc.transport.TlsContext;
import org.jspecify.annotations.Nullable;

/**
 * One address of a server, and how connections to it are ciphered.
 *
 * @param address a TCP address or a Unix domain socket address. A TCP address that is not
 * resolved is looked up for each attempt to connect, and each of the addresses that its
 * name has is tried
 * @param tls asked for each attempt, on a thread that may block; {@code null} for plain
 * text
 * @since 0.1.0
 */
public record ServerAddress(SocketAddress address, @Nullable Supplier<TlsContext> tls) {

	/**
	 * Make the address of a server that is spoken to in plain text.
	 * @param address the address
	 * @return the address
	 */
	public static ServerAddress ofPlainText(SocketAddress address) {
		return new ServerAddress(address, null);
	}

	@Nullable TlsContext context() {
		return (this.tls != null) ? this.tls.get() : null;
	}

	/**
	 * Return the address in words for people.
	 * @return such as {@code host:10123}, {@code host:10123 (192.0.2.1)} or
	 * {@code unix:/run/daemon.sock}
	 */
	@Override
	public String toString() {
		if (!(this.address instanceof InetSocketAddress inet)) {
			return ((this.address instanceof UnixDomainSocketAddress) ? "unix:" : "") + this.address;
		}
		String host = inet.getHostString();
		InetAddress resolved = inet.getAddress();
		return host + ":" + inet.getPort() + ((resolved != null && !resolved.getHostAddress().equals(host))
				? " (" + resolved.getHostAddress() + ")" : "");
	}

}
