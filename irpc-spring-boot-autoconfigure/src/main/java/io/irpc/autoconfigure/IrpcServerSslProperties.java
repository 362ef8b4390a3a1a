package io.irpc.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the ciphering of the server's connections.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.server.ssl")
public class IrpcServerSslProperties {

	/**
	 * Whether to offer TLS, on the same port as plain text.
	 */
	private boolean enabled = true;

	/**
	 * Name of the SSL bundle with the server's key. Without it the server makes itself a
	 * key and a certificate.
	 */
	private @Nullable String bundle;

	/**
	 * Whether clients may or must show a certificate. Needs a bundle with a trust store.
	 */
	private ClientAuth clientAuth = ClientAuth.NONE;

	/**
	 * Directory of the key that the server has made itself; .irpc and
	 * spring.application.name in the user's home directory if not set.
	 */
	private @Nullable Path directory;

	/**
	 * Time from accept until a connection over TCP has sent something in plain text or
	 * done its TLS handshake.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(10);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public ClientAuth getClientAuth() {
		return this.clientAuth;
	}

	public void setClientAuth(ClientAuth clientAuth) {
		this.clientAuth = clientAuth;
	}

	public @Nullable Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	/**
	 * Whether clients show a certificate.
	 */
	public enum ClientAuth {

		/**
		 * They are not asked for one.
		 */
		NONE,

		/**
		 * They are asked for one, and may have none.
		 */
		WANT,

		/**
		 * They are refused without one.
		 */
		NEED

	}

}
