package io.irpc.security.pairing;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;

/**
 * A client that is paired with this server, or claims to be.
 */
final class PairedAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final Object principal;

	private @Nullable String token;

	PairedAuthentication(String token) {
		super(List.of());
		this.principal = "(paired client)";
		this.token = token;
	}

	PairedAuthentication(PairedClient client, Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		this.principal = new Principal(client.id(), client.name());
		setAuthenticated(true);
	}

	@Override
	public Object getPrincipal() {
		return this.principal;
	}

	@Override
	public @Nullable String getCredentials() {
		return this.token;
	}

	@Override
	public void eraseCredentials() {
		super.eraseCredentials();
		this.token = null;
	}

	/**
	 * The client as a user.
	 *
	 * @param id the id of the client
	 * @param client the name of the client
	 */
	record Principal(String id, String client) implements AuthenticatedPrincipal, Serializable {

		@Override
		public String getName() {
			return "paired:" + this.client;
		}

	}

}
