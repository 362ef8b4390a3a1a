package io.irpc.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.TlsContext;
import io.irpc.transport.TlsMaterial;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * Decides whether the client uses TLS, and with what.
 */
final class ClientTls {

	private static final String ENABLED = "irpc.client.ssl.enabled";

	private static final String BUNDLE = "irpc.client.ssl.bundle";

	private final IrpcClientSslProperties properties;

	private final ObjectProvider<SslBundles> bundles;

	ClientTls(IrpcClientSslProperties properties, ObjectProvider<SslBundles> bundles) {
		this.properties = properties;
		this.bundles = bundles;
	}

	/**
	 * Decide for a server.
	 * @param server the server
	 * @return what to use for each connection, {@code null} for plain text
	 */
	@Nullable Supplier<TlsContext> create(ServerUri server) {
		String bundle = this.properties.getBundle();
		if (!isWanted(server)) {
			return null;
		}
		if (bundle != null) {
			return new BundleTls(BUNDLE, bundle, this.bundles.getIfAvailable(),
					(material) -> context(material, server.pin()));
		}
		try {
			TlsContext context = context(TlsMaterial.NONE, server.pin());
			return () -> context;
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean isWanted(ServerUri server) {
		Boolean enabled = this.properties.getEnabled();
		String reason = reason(server);
		if (enabled != null && !enabled && reason != null) {
			throw new IrpcConfigurationException(ENABLED + "=false contradicts " + reason,
					"Remove " + ENABLED + " to use TLS, or " + reason + " to use plain text.");
		}
		boolean tcp = server.address() instanceof InetSocketAddress;
		if (!tcp && (reason != null || Boolean.TRUE.equals(enabled))) {
			throw new IrpcConfigurationException(
					"There is no TLS over a Unix domain socket, as " + ((reason != null) ? reason : ENABLED) + " wants",
					"Remove " + ((reason != null) ? reason : ENABLED) + ": nobody else can read such a connection.");
		}
		return (enabled != null) ? enabled : reason != null || (tcp && !isLoopback(server.address()));
	}

	private @Nullable String reason(ServerUri server) {
		if (server.pin() != null) {
			return "the pin in irpc.client.address";
		}
		return (this.properties.getBundle() != null) ? BUNDLE : null;
	}

	private static TlsContext context(TlsMaterial material, @Nullable PublicKeyPin pin) throws SSLException {
		return (pin != null) ? TlsContext.pinned(material, pin) : TlsContext.client(material);
	}

	// names are not looked up: whoever answers for the network's names must not turn TLS
	// off
	static boolean isLoopback(SocketAddress address) {
		String host = ((InetSocketAddress) address).getHostString();
		boolean isLiteral = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
		return host.equalsIgnoreCase("localhost")
				|| (isLiteral && new InetSocketAddress(host, 0).getAddress().isLoopbackAddress());
	}

}
