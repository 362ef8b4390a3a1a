package io.irpc.autoconfigure.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the pairing of clients with the IRPC server.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.server.pairing")
public class IrpcPairingProperties {

	/**
	 * Whether clients may get credentials of their own for a code that is used once.
	 */
	private boolean enabled = true;

	/**
	 * Time for which a code is good.
	 */
	private Duration codeValidity = Duration.ofMinutes(10);

	/**
	 * Authorities of the clients that are paired.
	 */
	private List<String> authorities = new ArrayList<>(List.of("ROLE_PAIRED"));

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getCodeValidity() {
		return this.codeValidity;
	}

	public void setCodeValidity(Duration codeValidity) {
		this.codeValidity = codeValidity;
	}

	public List<String> getAuthorities() {
		return this.authorities;
	}

	public void setAuthorities(List<String> authorities) {
		this.authorities = authorities;
	}

}
