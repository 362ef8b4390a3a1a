package io.irpc.security;

import java.util.Collection;
import java.util.Optional;

import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Finds users again in the {@link UserDetailsService} that they came from.
 *
 * @since 0.1.0
 */
public final class UserDetailsRefresher implements AuthenticationRefresher {

	private final AccountStatusUserDetailsChecker checker = new AccountStatusUserDetailsChecker();

	private final UserDetailsService users;

	/**
	 * Create a refresher.
	 * @param users finds the users
	 */
	public UserDetailsRefresher(UserDetailsService users) {
		this.users = users;
	}

	/**
	 * Return whether a user came from this service: one that it does not know came from
	 * elsewhere, such as a directory.
	 */
	@Override
	public boolean supports(Authentication authentication) {
		if (!(authentication.getPrincipal() instanceof UserDetails)) {
			return false;
		}
		try {
			this.users.loadUserByUsername(authentication.getName());
			return true;
		}
		catch (UsernameNotFoundException ex) {
			return false;
		}
	}

	@Override
	public Optional<Collection<? extends GrantedAuthority>> authorities(Authentication authentication) {
		try {
			UserDetails user = this.users.loadUserByUsername(authentication.getName());
			this.checker.check(user);
			return Optional.of(user.getAuthorities());
		}
		catch (UsernameNotFoundException | AccountStatusException ex) {
			return Optional.empty();
		}
	}

}
