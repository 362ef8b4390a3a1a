package io.irpc.security;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Finds the users of the application whom connections identify.
 *
 * @since 0.1.0
 */
public final class PeerAuthenticationProvider implements AuthenticationProvider {

	private final AccountStatusUserDetailsChecker checker = new AccountStatusUserDetailsChecker();

	private final @Nullable UserDetailsService users;

	/**
	 * Create a provider.
	 * @param users finds users by name
	 */
	public PeerAuthenticationProvider(LoginUsers users) {
		this.users = users.service();
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		PeerAuthentication peer = (PeerAuthentication) authentication;
		if (this.users == null) {
			throw new UsernameNotFoundException("The application has no users that are found by name");
		}
		UserDetails user = this.users.loadUserByUsername(peer.getName());
		this.checker.check(user);
		List<GrantedAuthority> authorities = new ArrayList<>(user.getAuthorities());
		if (peer.getCredentials() != null) {
			authorities.add(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.X509_AUTHORITY));
		}
		PeerAuthentication result = new PeerAuthentication(user, peer.getCredentials(), authorities);
		result.setDetails(peer.getDetails());
		return result;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return authentication == PeerAuthentication.class;
	}

}
