package io.irpc.transport;

import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * What one end of a TLS connection has: its own key, and whom it trusts.
 *
 * @param keys its own keys, {@code null} for none
 * @param certificate the certificate of the key that it shows, {@code null} if unknown
 * @param trust whom it trusts, {@code null} for those whom the Java runtime trusts
 * @param protocols the versions of TLS to use, of which only 1.3 and 1.2 are; empty for
 * both
 * @param ciphers the names of the cipher suites to use, empty for all that are sound
 * @since 0.1.0
 */
public record TlsMaterial(@Nullable KeyManagerFactory keys, @Nullable X509Certificate certificate,
		@Nullable TrustManagerFactory trust, List<String> protocols, List<String> ciphers) {

	/**
	 * No key, and the trust of the Java runtime.
	 */
	public static final TlsMaterial NONE = new TlsMaterial(null, null, null, List.of(), List.of());

}
