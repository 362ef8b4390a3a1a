package io.irpc.autoconfigure;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.PublicKeyPin;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and what its key is, as a client is told.
 *
 * @param address the address; a host is not resolved
 * @param pin the key, {@code null} if it is not known
 * @param code the code to be paired with, {@code null} for none
 */
record ServerUri(SocketAddress address, @Nullable PublicKeyPin pin, @Nullable String code) {

	static final String SCHEME = "irpc://";

	static final String PIN = "pin";

	private static final String CODE = "code";

	private static final Pattern CODE_TEXT = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private static final Set<String> PARAMETERS = Set.of(PIN, CODE);

	/**
	 * Read what a client is told.
	 * @param property the name of the property, for errors
	 * @param text {@code irpc://host:port?pin=…}, or anything that {@link AddressParser}
	 * reads
	 * @return the address with the key
	 */
	static ServerUri parse(String property, String text) {
		if (!text.startsWith(SCHEME)) {
			return new ServerUri(AddressParser.parse(property, text), null, null);
		}
		int query = text.indexOf('?');
		Map<String, String> parameters = (query < 0) ? Map.of() : parameters(property, text.substring(query + 1));
		SocketAddress address = AddressParser.parse(property,
				text.substring(SCHEME.length(), (query < 0) ? text.length() : query));
		String pin = parameters.get(PIN);
		String code = parameters.get(CODE);
		if (code != null && (pin == null || !CODE_TEXT.matcher(code).matches())) {
			throw problem(property, (pin != null) ? "the code has other characters than letters, digits and dashes"
					: "a code without the pin of the server, which alone may get it");
		}
		return new ServerUri(address, (pin != null) ? pin(property, pin) : null, code);
	}

	@Override
	public String toString() {
		return "ServerUri[" + this.address + ", " + this.pin + "]";
	}

	private static Map<String, String> parameters(String property, String query) {
		Map<String, String> result = new HashMap<>();
		for (String parameter : query.split("&", -1)) {
			int equals = parameter.indexOf('=');
			String name = (equals < 0) ? parameter : parameter.substring(0, equals);
			if (equals < 0 || !PARAMETERS.contains(name) || result.containsKey(name)) {
				throw problem(property, "the parameter '" + name + "'");
			}
			result.put(name, parameter.substring(equals + 1));
		}
		return result;
	}

	private static PublicKeyPin pin(String property, String text) {
		try {
			return new PublicKeyPin(text);
		}
		catch (IllegalArgumentException ex) {
			throw problem(property, ex.getMessage());
		}
	}

	// the whole of it may hold a secret, and is not shown
	private static IrpcConfigurationException problem(String property, @Nullable String detail) {
		return new IrpcConfigurationException(property + "=" + SCHEME + "… is not valid: " + detail,
				"Set " + property + " to the line that the server logs at its start: " + SCHEME
						+ "host:port?pin=sha256:…&code=… with each parameter once.");
	}

}
