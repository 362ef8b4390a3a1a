package io.irpc.autoconfigure;

import io.irpc.client.ClientTls;
import io.irpc.client.IrpcClientBuilder;
import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.TlsMaterial;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Tells a builder how the properties of a client want its connections ciphered.
 *
 * @param prefix what the names of the properties begin with
 * @param properties the properties
 * @param bundles the bundles, {@code null} if the application has none
 */
record ConfiguredTls(String prefix, IrpcClientSslProperties properties, @Nullable SslBundles bundles) {

	/**
	 * Tell a builder.
	 * @param builder the builder
	 * @param supplied a bundle that takes the place of the one in the properties,
	 * {@code null} for none
	 */
	void apply(IrpcClientBuilder builder, @Nullable SslBundle supplied) {
		Boolean enabled = this.properties.getEnabled();
		String bundle = this.properties.getBundle();
		if (supplied != null || bundle != null) {
			if (Boolean.FALSE.equals(enabled)) {
				throw contradiction((supplied != null) ? "the SSL bundle of the connection details" : key("bundle"));
			}
			builder.tls((supplied != null) ? ClientTls.of(BundleTls.material(supplied)) : of(String.valueOf(bundle)));
		}
		else if (Boolean.TRUE.equals(enabled)) {
			builder.tls(ClientTls.of(TlsMaterial.NONE));
		}
		else if (Boolean.FALSE.equals(enabled)) {
			builder.plainText();
		}
	}

	private ClientTls of(String bundle) {
		return (pin) -> new BundleTls(key("bundle"), bundle, this.bundles,
				(material) -> ClientTls.context(material, pin));
	}

	private IrpcConfigurationException contradiction(String reason) {
		return new IrpcConfigurationException(key("enabled") + "=false contradicts " + reason,
				"Remove " + key("enabled") + " to use TLS, or " + reason + " to use plain text.");
	}

	private String key(String name) {
		return this.prefix + ".ssl." + name;
	}

}
