package io.irpc.security.pairing;

import java.util.List;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Logs paired clients in with their tokens.
 *
 * @since 0.1.0
 */
public final class PairedAuthenticationProvider implements AuthenticationProvider {

	private final PairedClients clients;

	private final List<GrantedAuthority> authorities;

	/**
	 * Create a provider.
	 * @param clients the clients
	 * @param authorities the authorities that each of them has
	 */
	public PairedAuthenticationProvider(PairedClients clients, List<String> authorities) {
		this.clients = clients;
		this.authorities = AuthorityUtils.createAuthorityList(authorities);
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		PairedClient client = this.clients.authenticate(String.valueOf(authentication.getCredentials()))
			.orElseThrow(() -> new BadCredentialsException("No client is paired with this token"));
		PairedAuthentication result = new PairedAuthentication(client, this.authorities);
		result.setDetails(authentication.getDetails());
		return result;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return authentication == PairedAuthentication.class;
	}

}
