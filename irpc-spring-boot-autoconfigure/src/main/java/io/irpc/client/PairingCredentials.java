package io.irpc.client;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.irpc.transport.PublicKeyPin;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs in with what a server has given this client when they were paired. Where there is
 * nothing yet, or the server refuses it, the client is paired.
 *
 * @since 0.1.0
 */
public final class PairingCredentials implements ClientCredentials {

	private static final Log logger = LogFactory.getLog(PairingCredentials.class);

	private final CredentialsFile file;

	private final PublicKeyPin server;

	private final @Nullable String code;

	private volatile @Nullable String unkept;

	private volatile @Nullable Credentials refused;

	/**
	 * Create an instance.
	 * @param file where tokens are kept
	 * @param server the pin of the server
	 * @param code the code to be paired with, {@code null} for none
	 */
	public PairingCredentials(CredentialsFile file, PublicKeyPin server, @Nullable String code) {
		this.file = file;
		this.server = server;
		this.code = code;
	}

	@Override
	public @Nullable Credentials get() {
		Credentials kept = kept();
		String currentCode = this.code;
		if (currentCode == null || (kept != null && !kept.equals(this.refused))) {
			return kept;
		}
		return new PairingCode(currentCode, this::keep);
	}

	@Override
	public void refused(Credentials credentials) {
		if (credentials instanceof TokenCredentials) {
			this.refused = credentials;
		}
	}

	private @Nullable Credentials kept() {
		try {
			String token = this.unkept;
			if (token == null) {
				token = this.file.token(this.server);
			}
			return (token != null) ? new TokenCredentials(token, "the token of this client's pairing in "
					+ this.file.path() + ". To pair it again, give it a new line of the server's as its address")
					: null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"the credentials in " + this.file.path() + " cannot be used: " + ex.getMessage(), ex);
		}
	}

	private void keep(String token) {
		try {
			this.file.keep(this.server, token);
			logger.info("Paired with the server: its credential is kept in " + this.file.path());
		}
		catch (IOException ex) {
			this.unkept = token;
			logger.error("Paired with the server, but its credential cannot be kept in " + this.file.path()
					+ ": the next start needs a new line of the server's", ex);
		}
	}

}
