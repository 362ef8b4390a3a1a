package io.irpc.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

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

	private final Supplier<SslContext> context;

	private final @Nullable X509Certificate certificate;

	private TlsContext(Supplier<SslContext> context, @Nullable X509Certificate certificate) {
		this.context = context;
		this.certificate = certificate;
	}

	private static TlsContext of(SslContextBuilder builder, TlsMaterial material, SelectorFailureBehavior otherProtocol)
			throws SSLException {
		SslContext context = build(builder, material, otherProtocol);
		return new TlsContext(() -> context, material.certificate());
	}

	private static SslContext build(SslContextBuilder builder, TlsMaterial material,
			SelectorFailureBehavior otherProtocol) throws SSLException {
		return builder.sslProvider(SslProvider.JDK)
			.protocols(protocols(material.protocols()))
			.ciphers(material.ciphers().isEmpty() ? CIPHERS : material.ciphers(), SupportedCipherSuiteFilter.INSTANCE)
			.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN, otherProtocol,
					SelectedListenerFailureBehavior.ACCEPT, APPLICATION_PROTOCOL))
			.build();
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
		return of(serverBuilder(material, clientAuth), material, SelectorFailureBehavior.FATAL_ALERT);
	}

	/**
	 * Create a context of a server that asks its clients for no certificate. It is made
	 * on a thread of its own, as that takes longer than all else that a server does at
	 * its start; connections that come before wait for it.
	 * @param identity the server's key
	 * @return the context
	 */
	public static TlsContext server(ServerIdentity identity) {
		FutureTask<SslContext> context = new FutureTask<>(() -> {
			TlsMaterial material = identity.material();
			return build(serverBuilder(material, ClientAuth.NONE), material, SelectorFailureBehavior.FATAL_ALERT);
		});
		Thread thread = new Thread(context, "irpc-server-tls");
		thread.setDaemon(true);
		thread.start();
		return new TlsContext(() -> await(context), identity.certificate());
	}

	private static SslContext await(FutureTask<SslContext> context) {
		try {
			return context.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("TLS cannot be used", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while TLS was not ready", ex);
		}
	}

	private static SslContextBuilder serverBuilder(TlsMaterial material, ClientAuth clientAuth) {
		// else the authorities of the Java runtime are read, for nobody who is asked
		TrustManagerFactory trust = (material.trust() == null && clientAuth == ClientAuth.NONE) ? nobody()
				: material.trust();
		return SslContextBuilder.forServer(material.keys()).trustManager(trust).clientAuth(clientAuth);
	}

	private static TrustManagerFactory nobody() {
		try {
			KeyStore empty = KeyStore.getInstance("JKS");
			empty.load(null, null);
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(empty);
			return trust;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
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
		return of(clientBuilder(material).trustManager(material.trust()).endpointIdentificationAlgorithm("HTTPS"),
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
		return of(
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
		return withoutTimeout(this.context.get().newHandler(allocator));
	}

	SslHandler newHandler(ByteBufAllocator allocator, SocketAddress server) {
		return withoutTimeout((server instanceof InetSocketAddress address)
				? this.context.get().newHandler(allocator, address.getHostString(), address.getPort())
				: this.context.get().newHandler(allocator));
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
