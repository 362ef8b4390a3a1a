package io.irpc.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;

import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.IdentityFile;
import io.irpc.transport.InvalidIdentityException;
import io.irpc.transport.ServerIdentity;
import io.irpc.transport.TlsContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Ciphers with a key that the server has made itself.
 */
final class SelfSignedTls {

	private static final Log logger = LogFactory.getLog(SelfSignedTls.class);

	private static final String PROPERTY = "irpc.server.ssl.directory";

	private final Path directory;

	private final InetAddress address;

	/**
	 * Create an instance that does nothing yet.
	 * @param directory where to keep the key
	 * @param address where the server will listen
	 */
	SelfSignedTls(Path directory, InetAddress address) {
		this.directory = directory;
		this.address = address;
	}

	/**
	 * Read the key, or make one.
	 * @return the context with the key
	 * @throws IrpcConfigurationException if the key cannot be read or kept
	 */
	TlsContext create() {
		return TlsContext.server(identity());
	}

	private ServerIdentity identity() {
		IdentityFile file = new IdentityFile(this.directory);
		try {
			return file.readOrCreate(Clock.systemUTC());
		}
		catch (InvalidIdentityException ex) {
			throw new IrpcConfigurationException(
					"The server's key in " + file.path() + " cannot be used: " + ex.getMessage(),
					"Restore the file and its permissions (chmod 600), or delete it: the server then makes a new key,"
							+ " and clients that have pinned the old one need the new pin.",
					ex);
		}
		catch (IOException ex) {
			String problem = "The server's key cannot be kept in " + this.directory + ": " + reason(ex);
			if (this.address.isLoopbackAddress()) {
				logger.warn(problem + ". It is a new one at each start (see " + PROPERTY + ")");
				return ServerIdentity.create(Clock.systemUTC());
			}
			throw new IrpcConfigurationException(problem, "Let this process write there, set " + PROPERTY
					+ " to another directory, or set irpc.server.ssl.bundle to an SSL bundle with a key.", ex);
		}
	}

	private static String reason(IOException ex) {
		return ex.getClass().getSimpleName() + ": " + ex.getMessage();
	}

}
