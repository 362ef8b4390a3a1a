package io.irpc.autoconfigure;

import io.irpc.client.Credentials;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Finds out with what the properties of a client let it log in.
 */
final class ConfiguredCredentials {

	private ConfiguredCredentials() {
	}

	/**
	 * Read the properties.
	 * @param prefix what the names of the properties begin with
	 * @param properties the properties
	 * @return what they say, {@code null} for nothing
	 */
	static @Nullable Credentials of(String prefix, IrpcClientProperties properties) {
		String usernameKey = prefix + ".username";
		String passwordKey = prefix + ".password";
		String tokenKey = prefix + ".token";
		String username = properties.getUsername();
		String password = properties.getPassword();
		String token = properties.getToken();
		boolean user = StringUtils.hasText(username);
		if (StringUtils.hasText(token)) {
			if (user || StringUtils.hasText(password)) {
				throw new IrpcConfigurationException(
						tokenKey + " is set, and " + (user ? usernameKey : passwordKey) + " as well",
						"Set either " + tokenKey + ", or " + usernameKey + " and " + passwordKey + ".");
			}
			return Credentials.ofToken(token);
		}
		if (user != StringUtils.hasText(password)) {
			throw new IrpcConfigurationException(
					(user ? usernameKey : passwordKey) + " is set without " + (user ? passwordKey : usernameKey),
					"Set both " + usernameKey + " and " + passwordKey + ", or neither of them.");
		}
		return (username != null && password != null && user) ? Credentials.ofPassword(username, password) : null;
	}

}
