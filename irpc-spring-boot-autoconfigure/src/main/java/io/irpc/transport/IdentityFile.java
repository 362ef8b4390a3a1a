package io.irpc.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link ServerIdentity} of a server in a {@link PrivateFile}.
 *
 * @since 0.1.0
 */
public final class IdentityFile {

	private static final String NAME = "identity.pem";

	private final PrivateFile file;

	/**
	 * Create a file that need not exist yet.
	 * @param directory the directory that it is in, made if there is none
	 */
	public IdentityFile(Path directory) {
		this.file = new PrivateFile(directory.resolve(NAME));
	}

	/**
	 * Return where the file is.
	 * @return the path
	 */
	public Path path() {
		return this.file.path();
	}

	/**
	 * Read the identity, or make one. Processes that do so at the same time get the same
	 * one.
	 * @param clock tells the time from which on the certificate of a new one is valid
	 * @return the identity
	 * @throws InvalidIdentityException if the file exists and is damaged, cannot be read,
	 * or may be read by others
	 * @throws IOException if the file cannot be written
	 */
	public ServerIdentity readOrCreate(Clock clock) throws IOException {
		String pem = read();
		while (pem == null) {
			this.file.update((current) -> (current != null) ? current : ServerIdentity.create(clock).toPem());
			pem = read();
		}
		return ServerIdentity.ofPem(pem);
	}

	private @Nullable String read() throws InvalidIdentityException {
		try {
			return this.file.read();
		}
		catch (UnsafeFileException ex) {
			throw new InvalidIdentityException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new InvalidIdentityException("it cannot be read: " + ex, ex);
		}
	}

}
