package io.irpc.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.irpc.transport.PublicKeyPin;
import org.jspecify.annotations.Nullable;

/**
 * Decides with what a client logs in.
 *
 * @param credentials what it was given, {@code null} for nothing
 * @param file where credentials of pairings are kept, {@code null} for the usual place
 */
record LoginChoice(@Nullable ClientCredentials credentials, @Nullable Path file) {

	/**
	 * Decide for some servers.
	 * @param servers the servers
	 * @param addresses their addresses, in the same order
	 * @return what to log in with, {@code null} to stay anonymous
	 * @throws IllegalArgumentException if the client has two things to log in with, the
	 * file cannot be used, or others could read what is sent
	 */
	@Nullable ClientCredentials decide(List<ServerUri> servers, List<ServerAddress> addresses) {
		ClientCredentials login = decide(servers);
		for (int i = 0; login != null && i < servers.size(); i++) {
			if (addresses.get(i).tls() == null && !servers.get(i).isLocal()) {
				throw new IllegalArgumentException("The client would send its credentials to " + servers.get(i)
						+ " in plain text, which others may read (expected: TLS, or a server on this machine)");
			}
		}
		return login;
	}

	private @Nullable ClientCredentials decide(List<ServerUri> servers) {
		ClientCredentials given = this.credentials;
		boolean hasCode = servers.stream().anyMatch((server) -> server.code() != null);
		if (given != null) {
			if (hasCode) {
				throw new IllegalArgumentException("An address has a pairing code, and there are credentials as well"
						+ " (expected: an address without &code=… to log in, or no credentials to pair)");
			}
			return given;
		}
		ServerUri first = servers.get(0);
		PublicKeyPin pin = first.pin();
		// what one server has given must not be sent to another one
		if (pin != null && servers.stream().allMatch((server) -> pin.equals(server.pin()))) {
			return pairing(pin, servers);
		}
		if (hasCode) {
			throw new IllegalArgumentException("There is a pairing code in the addresses of several servers, but a"
					+ " client is paired with one (expected: addresses that all have the same pin, or credentials)");
		}
		return null;
	}

	private ClientCredentials pairing(PublicKeyPin pin, List<ServerUri> servers) {
		return new PairingCredentials(usable(pin), pin,
				servers.stream().map(ServerUri::code).filter(Objects::nonNull).findFirst().orElse(null));
	}

	private CredentialsFile usable(PublicKeyPin pin) {
		CredentialsFile kept = new CredentialsFile((this.file != null) ? this.file
				: Path.of(System.getProperty("user.home"), ".irpc", "credentials.json"));
		try {
			kept.token(pin);
			return kept;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The credentials in " + kept.path() + " cannot be used: "
					+ ex.getMessage() + " (expected: a file for its owner alone. Restore it and its permissions"
					+ " (chmod 600), delete it to pair with the servers again, or use another one)", ex);
		}
	}

}
