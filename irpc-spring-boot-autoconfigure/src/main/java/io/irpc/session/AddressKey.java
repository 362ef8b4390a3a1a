package io.irpc.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * What counts as one address: an IPv4 address, or an IPv6 network of 64 bits, which one
 * subscriber has for himself. All else, such as Unix domain sockets, is one as well.
 *
 * @param value the address in hexadecimal digits
 * @since 0.1.0
 */
public record AddressKey(String value) {

	private static final int NETWORK_BYTES = 8;

	/**
	 * Return what an address counts as.
	 * @param address the address, {@code null} for a peer without one
	 * @return the key
	 */
	public static AddressKey of(@Nullable SocketAddress address) {
		InetAddress host = (address instanceof InetSocketAddress inet) ? inet.getAddress() : null;
		if (host == null) {
			return new AddressKey("");
		}
		byte[] bytes = host.getAddress();
		return new AddressKey(
				HexFormat.of().formatHex((host instanceof Inet6Address) ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
	}

}
