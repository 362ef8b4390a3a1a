package io.irpc.autoconfigure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.irpc.client.ClientCredentials;
import io.irpc.client.Credentials;
import io.irpc.client.CredentialsFile;
import io.irpc.client.PairingCredentials;
import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.TlsContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Finds out with what the properties of a client let it log in.
 */
final class ConfiguredCredentials {

	private static final String USERNAME = "irpc.client.username";

	private static final String PASSWORD = "irpc.client.password";

	private static final String TOKEN = "irpc.client.token";

	private ConfiguredCredentials() {
	}

	/**
	 * Read the properties.
	 * @param properties the properties
	 * @param server the server
	 * @return what they say, {@code null} for nothing
	 */
	static @Nullable ClientCredentials of(IrpcClientProperties properties, ServerUri server) {
		ClientCredentials login = login(properties);
		if (login != null && server.code() != null) {
			throw new IrpcConfigurationException(
					"irpc.client.address has a pairing code, and there is a user name or a token as well",
					"Remove &code=… from irpc.client.address to log in, or " + USERNAME + ", " + PASSWORD + " and "
							+ TOKEN + " to pair.");
		}
		PublicKeyPin pin = server.pin();
		return (login == null && pin != null) ? pairing(properties.getCredentialsFile(), pin, server.code()) : login;
	}

	private static ClientCredentials pairing(@Nullable Path path, PublicKeyPin pin, @Nullable String code) {
		CredentialsFile file = new CredentialsFile(
				(path != null) ? path : Path.of(System.getProperty("user.home"), ".irpc", "credentials.json"));
		try {
			file.token(pin);
		}
		catch (IOException ex) {
			throw new IrpcConfigurationException(
					"The credentials in " + file.path() + " cannot be used: " + ex.getMessage(),
					"Restore the file and its permissions (chmod 600), delete it to pair with the servers again, or set"
							+ " irpc.client.credentials-file to another one.",
					ex);
		}
		return new PairingCredentials(file, pin, code);
	}

	private static @Nullable ClientCredentials login(IrpcClientProperties properties) {
		String username = properties.getUsername();
		String password = properties.getPassword();
		String token = properties.getToken();
		boolean user = StringUtils.hasText(username);
		if (StringUtils.hasText(token)) {
			if (user || StringUtils.hasText(password)) {
				throw new IrpcConfigurationException(
						TOKEN + " is set, and " + (user ? USERNAME : PASSWORD) + " as well",
						"Set either " + TOKEN + ", or " + USERNAME + " and " + PASSWORD + ".");
			}
			Credentials credentials = Credentials.ofToken(token);
			return () -> credentials;
		}
		if (user != StringUtils.hasText(password)) {
			throw new IrpcConfigurationException(
					(user ? USERNAME : PASSWORD) + " is set without " + (user ? PASSWORD : USERNAME),
					"Set both " + USERNAME + " and " + PASSWORD + ", or neither of them.");
		}
		if (username == null || password == null || !user) {
			return null;
		}
		Credentials credentials = Credentials.ofPassword(username, password);
		return () -> credentials;
	}

	/**
	 * Check that credentials are not sent where others may read them.
	 * @param credentials the credentials, {@code null} for none
	 * @param server the server
	 * @param tls how the connection is ciphered, {@code null} for plain text
	 * @return the credentials
	 */
	static @Nullable ClientCredentials checked(@Nullable ClientCredentials credentials, ServerUri server,
			@Nullable Supplier<TlsContext> tls) {
		if (credentials != null && tls == null && server.address() instanceof InetSocketAddress address
				&& !ClientTls.isLoopback(address)) {
			throw new IrpcConfigurationException(
					"The client would send its credentials to " + address.getHostString()
							+ " in plain text, which others may read",
					"Remove irpc.client.ssl.enabled=false to use TLS, or connect to localhost without leaving this"
							+ " machine.");
		}
		return credentials;
	}

}
