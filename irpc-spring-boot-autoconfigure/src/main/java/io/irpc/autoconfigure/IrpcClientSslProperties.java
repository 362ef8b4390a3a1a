package io.irpc.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the ciphering of a client's connections.
 *
 * @since 0.1.0
 */
public class IrpcClientSslProperties {

	/**
	 * Whether to use TLS. If not set, TLS is used with a pin, with a bundle, and to every
	 * other host than this one.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Name of the SSL bundle with the servers to trust, and with the client's own key if
	 * servers ask for it. Without it the client trusts whom the Java runtime trusts.
	 */
	private @Nullable String bundle;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

}
