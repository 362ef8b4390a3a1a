package io.irpc.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.irpc.transport.PublicKeyPin;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and what its key is, as a client is told.
 *
 * @param address the address; a host is not resolved
 * @param pin the key, {@code null} if it is not known
 * @param code the code to be paired with, {@code null} for none
 */
record ServerUri(SocketAddress address, @Nullable PublicKeyPin pin, @Nullable String code) {

	private static final String SCHEME = "irpc://";

	private static final String PIN = "pin";

	private static final String CODE = "code";

	private static final Pattern CODE_TEXT = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private static final Set<String> PARAMETERS = Set.of(PIN, CODE);

	/**
	 * Read what a client is told.
	 * @param text {@code irpc://host:port?pin=…}, or anything that {@link AddressParser}
	 * reads
	 * @return the address with the key
	 * @throws IllegalArgumentException if it is neither; the message shows no code
	 */
	static ServerUri parse(String text) {
		if (!text.startsWith(SCHEME)) {
			return new ServerUri(AddressParser.parse(text), null, null);
		}
		int query = text.indexOf('?');
		Map<String, String> parameters = (query < 0) ? Map.of() : parameters(text.substring(query + 1));
		SocketAddress address = address(text.substring(SCHEME.length(), (query < 0) ? text.length() : query));
		String pin = parameters.get(PIN);
		String code = parameters.get(CODE);
		if (code != null && (pin == null || !CODE_TEXT.matcher(code).matches())) {
			throw problem((pin != null) ? "the code has other characters than letters, digits and dashes"
					: "a code without the pin of the server, which alone may get it");
		}
		return new ServerUri(address, (pin != null) ? pin(pin) : null, code);
	}

	/**
	 * Return whether the server is reached by way of a network or this machine's
	 * loopback.
	 * @return {@code false} for a Unix domain socket
	 */
	boolean isTcp() {
		return this.address instanceof InetSocketAddress;
	}

	/**
	 * Return whether nobody else can read what is sent. Names are not looked up: whoever
	 * answers for the network's names must not turn TLS off.
	 * @return whether the server is on this machine
	 */
	boolean isLocal() {
		if (!(this.address instanceof InetSocketAddress inet)) {
			return true;
		}
		String host = inet.getHostString();
		boolean isLiteral = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
		return host.equalsIgnoreCase("localhost")
				|| (isLiteral && new InetSocketAddress(host, 0).getAddress().isLoopbackAddress());
	}

	@Override
	public String toString() {
		return ServerAddress.ofPlainText(this.address).toString();
	}

	private static SocketAddress address(String text) {
		SocketAddress address = AddressParser.parse(text);
		if (!(address instanceof InetSocketAddress)) {
			throw problem("a Unix domain socket, which needs neither a scheme nor a key");
		}
		return address;
	}

	private static Map<String, String> parameters(String query) {
		Map<String, String> result = new HashMap<>();
		for (String parameter : query.split("&", -1)) {
			int equals = parameter.indexOf('=');
			String name = (equals < 0) ? parameter : parameter.substring(0, equals);
			if (equals < 0 || !PARAMETERS.contains(name) || result.containsKey(name)) {
				throw problem("the parameter '" + name + "'");
			}
			result.put(name, parameter.substring(equals + 1));
		}
		return result;
	}

	private static PublicKeyPin pin(String text) {
		try {
			return new PublicKeyPin(text);
		}
		catch (IllegalArgumentException ex) {
			throw problem(ex.getMessage());
		}
	}

	// the whole of it may hold a secret, and is not shown
	private static IllegalArgumentException problem(@Nullable String detail) {
		return new IllegalArgumentException(SCHEME + "… is no address of an IRPC server: " + detail + " (expected: "
				+ SCHEME + "host:port?pin=sha256:…&code=… with each parameter once, as the server logs it)");
	}

}
