package io.irpc.autoconfigure;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import io.irpc.server.AddressLineContributor;
import io.irpc.server.IrpcServerSettings;
import io.irpc.server.IrpcServerSettings.Exposure;
import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.ServerSecurity;
import io.irpc.transport.ServerSecurity.PlainText;
import io.irpc.transport.TlsContext;
import io.irpc.transport.TlsMaterial;
import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configures how the server ciphers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IrpcServerSslProperties.class)
class ServerTlsConfiguration {

	private static final String CLIENT_AUTH = "irpc.server.ssl.client-auth";

	@Bean
	@ConditionalOnMissingBean
	ServerSecurity irpcServerSecurity(IrpcServerSslProperties properties, IrpcServerSettings settings,
			ObjectProvider<SslBundles> bundles) {
		return new ServerSecurity(tls(properties, settings, bundles),
				(settings.exposure() == Exposure.UNPROTECTED) ? PlainText.ANY : PlainText.LOCAL,
				PropertyChecks.positive("irpc.server.ssl.handshake-timeout", properties.getHandshakeTimeout()));
	}

	@Bean
	AddressLine irpcAddressLine(IrpcServerSslProperties properties, IrpcServerSettings settings,
			ObjectProvider<AddressLineContributor> contributors) {
		return new AddressLine(properties, settings, contributors.orderedStream().toList());
	}

	private static @Nullable Supplier<TlsContext> tls(IrpcServerSslProperties properties, IrpcServerSettings settings,
			ObjectProvider<SslBundles> bundles) {
		// nobody else reads what stays inside this process
		if (!properties.isEnabled() || !(settings.address() instanceof InetSocketAddress address)) {
			return null;
		}
		ClientAuth clientAuth = switch (properties.getClientAuth()) {
			case NONE -> ClientAuth.NONE;
			case WANT -> ClientAuth.OPTIONAL;
			case NEED -> ClientAuth.REQUIRE;
		};
		String bundle = properties.getBundle();
		if (bundle != null) {
			return new BundleTls("irpc.server.ssl.bundle", bundle, bundles.getIfAvailable(),
					(material) -> TlsContext.server(checked(material, bundle, properties), clientAuth));
		}
		PropertyChecks.require(clientAuth == ClientAuth.NONE, CLIENT_AUTH, properties.getClientAuth(),
				"none, or set irpc.server.ssl.bundle to an SSL bundle whose trust store tells which clients to trust");
		SelfSignedTls selfSigned = new SelfSignedTls(ServerDirectory.of(properties, settings), address.getAddress());
		// made at the start of the server: one that does not start needs none
		return SingletonSupplier.of(selfSigned::create);
	}

	private static TlsMaterial checked(TlsMaterial material, String bundle, IrpcServerSslProperties properties) {
		if (material.keys() == null) {
			throw new IrpcConfigurationException("irpc.server.ssl.bundle=" + bundle + " has no key",
					"Add the server's key and certificate to the SSL bundle '" + bundle + "'.");
		}
		// else whoever has a certificate of any public authority
		if (material.trust() == null && properties.getClientAuth() != IrpcServerSslProperties.ClientAuth.NONE) {
			throw new IrpcConfigurationException(
					CLIENT_AUTH + "=" + properties.getClientAuth() + " needs to know which clients to trust",
					"Add a trust store to the SSL bundle '" + bundle + "', or set " + CLIENT_AUTH + " to none.");
		}
		return material;
	}

}
