package io.irpc.security;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Somebody whom the connection itself identifies.
 *
 * @since 0.1.0
 */
public final class PeerAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final Object principal;

	private final @Nullable X509Certificate certificate;

	PeerAuthentication(String name, @Nullable X509Certificate certificate) {
		super(List.of());
		this.principal = name;
		this.certificate = certificate;
	}

	PeerAuthentication(UserDetails user, @Nullable X509Certificate certificate,
			Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		this.principal = user;
		this.certificate = certificate;
		setAuthenticated(true);
	}

	@Override
	public Object getPrincipal() {
		return this.principal;
	}

	/**
	 * Return the certificate of the peer.
	 * @return the certificate, {@code null} for a user of this machine
	 */
	@Override
	public @Nullable X509Certificate getCredentials() {
		return this.certificate;
	}

}
