package io.irpc.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import org.jspecify.annotations.Nullable;

/**
 * Ciphers connections at one end (protocol §1): TLS 1.3 or 1.2 with forward secrecy, ALPN
 * {@code irpc/1}. Immutable.
 *
 * @since 0.1.0
 */
public final class TlsContext {

	private static final String APPLICATION_PROTOCOL = "irpc/1";

	private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

	private static final List<String> CIPHERS = List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256",
			"TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
			"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
			"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
			"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

	private final SslContext context;

	private final @Nullable X509Certificate certificate;

	private TlsContext(SslContextBuilder builder, TlsMaterial material, SelectorFailureBehavior otherProtocol)
			throws SSLException {
		this.context = builder.sslProvider(SslProvider.JDK)
			.protocols(protocols(material.protocols()))
			.ciphers(material.ciphers().isEmpty() ? CIPHERS : material.ciphers(), SupportedCipherSuiteFilter.INSTANCE)
			.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN, otherProtocol,
					SelectedListenerFailureBehavior.ACCEPT, APPLICATION_PROTOCOL))
			.build();
		this.certificate = material.certificate();
	}

	/**
	 * Create a context of a server. A client may name no application protocol, but not
	 * only other ones.
	 * @param material the server's key, and the clients that it trusts
	 * @param clientAuth whether clients must show a certificate
	 * @return the context
	 * @throws SSLException if the material cannot be used
	 * @throws IllegalArgumentException if the material has no key, or no protocol is left
	 */
	public static TlsContext server(TlsMaterial material, ClientAuth clientAuth) throws SSLException {
		if (material.keys() == null) {
			throw new IllegalArgumentException("A TLS server needs a key");
		}
		return new TlsContext(
				SslContextBuilder.forServer(material.keys()).trustManager(material.trust()).clientAuth(clientAuth),
				material, SelectorFailureBehavior.FATAL_ALERT);
	}

	/**
	 * Create a context of a client that trusts certificates which stand for the host
	 * name.
	 * @param material the servers that the client trusts, and its own key if it has one
	 * @return the context
	 * @throws SSLException if the material cannot be used
	 * @throws IllegalArgumentException if no protocol is left
	 */
	public static TlsContext client(TlsMaterial material) throws SSLException {
		return new TlsContext(
				clientBuilder(material).trustManager(material.trust()).endpointIdentificationAlgorithm("HTTPS"),
				material, SelectorFailureBehavior.NO_ADVERTISE);
	}

	/**
	 * Create a context of a client that trusts one key, whatever the server's certificate
	 * says beyond it.
	 * @param material the client's own key if it has one; its trust is not used
	 * @param pin the key to trust
	 * @return the context
	 * @throws SSLException if the material cannot be used
	 * @throws IllegalArgumentException if no protocol is left
	 */
	public static TlsContext pinned(TlsMaterial material, PublicKeyPin pin) throws SSLException {
		return new TlsContext(
				clientBuilder(material).trustManager(new PinnedTrustManager(pin)).endpointIdentificationAlgorithm(null),
				material, SelectorFailureBehavior.NO_ADVERTISE);
	}

	/**
	 * Return the pin of the key that this end shows.
	 * @return the pin, {@code null} if it has none or it is unknown
	 */
	public @Nullable PublicKeyPin pin() {
		return (this.certificate != null) ? PublicKeyPin.of(this.certificate) : null;
	}

	/**
	 * Return the certificate of the key that this end shows.
	 * @return the certificate, {@code null} if it has none or it is unknown
	 */
	public @Nullable X509Certificate certificate() {
		return this.certificate;
	}

	SslHandler newHandler(ByteBufAllocator allocator) {
		return withoutTimeout(this.context.newHandler(allocator));
	}

	SslHandler newHandler(ByteBufAllocator allocator, SocketAddress server) {
		return withoutTimeout((server instanceof InetSocketAddress address)
				? this.context.newHandler(allocator, address.getHostString(), address.getPort())
				: this.context.newHandler(allocator));
	}

	// the time for the handshake counts from accept or connect, whatever the peer sends
	private static SslHandler withoutTimeout(SslHandler handler) {
		handler.setHandshakeTimeoutMillis(0);
		return handler;
	}

	private static SslContextBuilder clientBuilder(TlsMaterial material) {
		return SslContextBuilder.forClient().keyManager(material.keys());
	}

	private static List<String> protocols(List<String> wanted) {
		List<String> result = PROTOCOLS.stream().filter((it) -> wanted.isEmpty() || wanted.contains(it)).toList();
		if (result.isEmpty()) {
			throw new IllegalArgumentException("TLS protocols: " + wanted + " (expected: one of " + PROTOCOLS + ")");
		}
		return result;
	}

}
