package io.irpc.client;

import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.TlsContext;
import io.irpc.transport.TlsMaterial;
import org.jspecify.annotations.Nullable;

/**
 * Ciphers the connections of a client (protocol §1).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClientTls {

	/**
	 * Prepare connections to one server, when the client is built.
	 * @param pin the only key to trust, {@code null} to trust certificates that stand for
	 * the host name
	 * @return asked for each attempt to connect, on a thread that may block
	 * @throws IllegalArgumentException if there is something that cannot be used
	 */
	Supplier<TlsContext> prepare(@Nullable PublicKeyPin pin);

	/**
	 * Cipher with what does not change.
	 * @param material the servers that the client trusts, and its own key if it has one
	 * @return the ciphering
	 */
	static ClientTls of(TlsMaterial material) {
		return (pin) -> {
			try {
				TlsContext context = context(material, pin);
				return () -> context;
			}
			catch (SSLException ex) {
				throw new IllegalArgumentException("The keys and certificates cannot be used: " + ex.getMessage(), ex);
			}
		};
	}

	/**
	 * Make a context of a client.
	 * @param material the servers that the client trusts, and its own key if it has one
	 * @param pin the only key to trust, {@code null} to trust by the material
	 * @return the context
	 * @throws SSLException if the material cannot be used
	 */
	static TlsContext context(TlsMaterial material, @Nullable PublicKeyPin pin) throws SSLException {
		return (pin != null) ? TlsContext.pinned(material, pin) : TlsContext.client(material);
	}

}
