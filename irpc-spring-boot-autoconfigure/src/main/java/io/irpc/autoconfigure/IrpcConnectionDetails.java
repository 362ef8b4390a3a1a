package io.irpc.autoconfigure;

import java.util.List;

import io.irpc.client.ClientCredentials;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * What a client needs to know to reach its server. A bean of this type takes the place of
 * {@code irpc.client.address}; one with the qualifier {@code NAME} that is no default
 * candidate takes the place of {@code irpc.clients.NAME.address}.
 *
 * @since 0.1.0
 */
public interface IrpcConnectionDetails extends ConnectionDetails {

	/**
	 * Return where the server is to be had.
	 * @return one or several addresses in the forms of {@code irpc.client.address}
	 */
	List<String> getAddresses();

	/**
	 * Return what to log in with. A bean of type {@link ClientCredentials} goes first.
	 * @return the credentials, {@code null} for what the properties say
	 */
	default @Nullable ClientCredentials getCredentials() {
		return null;
	}

	/**
	 * Return the keys and certificates for TLS.
	 * @return the bundle, {@code null} for what the properties say
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
