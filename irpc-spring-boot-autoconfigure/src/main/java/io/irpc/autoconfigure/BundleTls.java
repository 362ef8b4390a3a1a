package io.irpc.autoconfigure;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.TlsContext;
import io.irpc.transport.TlsMaterial;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Supplies what an SSL bundle holds now. Connections that are established do not change.
 */
final class BundleTls implements Supplier<TlsContext> {

	private static final Log logger = LogFactory.getLog(BundleTls.class);

	private final String property;

	private final String name;

	private final Factory factory;

	private volatile TlsContext current;

	/**
	 * Create a supplier.
	 * @param property the property that names the bundle, for errors
	 * @param name the name of the bundle
	 * @param bundles the bundles, {@code null} if the application has none
	 * @param factory makes a context of what the bundle holds
	 */
	BundleTls(String property, String name, @Nullable SslBundles bundles, Factory factory) {
		this.property = property;
		this.name = name;
		this.factory = factory;
		try {
			if (bundles == null) {
				throw new NoSuchSslBundleException(name, "the application has no SSL bundles");
			}
			this.current = create(bundles.getBundle(name));
			bundles.addBundleUpdateHandler(name, this::update);
		}
		catch (NoSuchSslBundleException ex) {
			throw new IrpcConfigurationException(property + "=" + name + " is no SSL bundle",
					"Set it to one of " + ((bundles != null) ? bundles.getBundleNames() : List.of())
							+ ", or configure one under spring.ssl.bundle.",
					ex);
		}
		catch (SSLException | RuntimeException ex) {
			throw unusable(ex);
		}
	}

	@Override
	public TlsContext get() {
		return this.current;
	}

	private void update(SslBundle bundle) {
		try {
			this.current = create(bundle);
			logger.info("New connections use the SSL bundle '" + this.name + "' as it is now");
		}
		catch (SSLException | RuntimeException ex) {
			logger.error("The SSL bundle '" + this.name
					+ "' has changed and cannot be used: new connections use it as it was before", ex);
		}
	}

	private TlsContext create(SslBundle bundle) throws SSLException {
		return this.factory.create(material(bundle));
	}

	/**
	 * Return what a bundle holds now.
	 * @param bundle the bundle
	 * @return the material
	 */
	static TlsMaterial material(SslBundle bundle) {
		return new TlsMaterial(
				(bundle.getStores().getKeyStore() != null) ? bundle.getManagers().getKeyManagerFactory() : null,
				certificate(bundle),
				(bundle.getStores().getTrustStore() != null) ? bundle.getManagers().getTrustManagerFactory() : null,
				list(bundle.getOptions().getEnabledProtocols()), list(bundle.getOptions().getCiphers()));
	}

	private RuntimeException unusable(Exception ex) {
		return (ex instanceof IrpcConfigurationException known) ? known
				: new IrpcConfigurationException(
						this.property + "=" + this.name + " cannot be used: " + ex.getMessage(),
						"Check the key, the certificates and the passwords of the SSL bundle '" + this.name + "'.", ex);
	}

	private static @Nullable X509Certificate certificate(SslBundle bundle) {
		KeyStore store = bundle.getStores().getKeyStore();
		if (store == null) {
			return null;
		}
		String wanted = bundle.getKey().getAlias();
		try {
			for (String alias : (wanted != null) ? List.of(wanted) : Collections.list(store.aliases())) {
				if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
					return certificate;
				}
			}
			return null;
		}
		catch (KeyStoreException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? Arrays.asList(values) : List.of();
	}

	/**
	 * Makes a context.
	 */
	@FunctionalInterface
	interface Factory {

		TlsContext create(TlsMaterial material) throws SSLException;

	}

}
