package io.irpc.security.pairing;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

import io.irpc.security.AuthenticationRefresher;
import io.irpc.security.TokenConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Knows the tokens of paired clients among others, and ends the logins of clients that
 * are revoked.
 *
 * @since 0.1.0
 */
public final class PairedTokens implements TokenConverter, AuthenticationRefresher, Ordered {

	private static final Pattern TOKEN = Pattern.compile(PairedClients.TOKEN_PREFIX + "[A-Za-z0-9_-]{43}");

	private final PairedClients clients;

	/**
	 * Create an instance.
	 * @param clients the clients
	 */
	public PairedTokens(PairedClients clients) {
		this.clients = clients;
	}

	@Override
	public @Nullable Authentication convert(String token) {
		return TOKEN.matcher(token).matches() ? new PairedAuthentication(token) : null;
	}

	@Override
	public boolean supports(Authentication authentication) {
		return authentication.getPrincipal() instanceof PairedAuthentication.Principal;
	}

	@Override
	public Optional<Collection<? extends GrantedAuthority>> authorities(Authentication authentication) {
		boolean paired = authentication.getPrincipal() instanceof PairedAuthentication.Principal client
				&& this.clients.isPaired(client.id());
		return paired ? Optional.of(authentication.getAuthorities()) : Optional.empty();
	}

	/**
	 * Before those that take every token for one of theirs.
	 */
	@Override
	public int getOrder() {
		return 0;
	}

}
