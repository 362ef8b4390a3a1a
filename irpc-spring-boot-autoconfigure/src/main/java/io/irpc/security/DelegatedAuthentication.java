package io.irpc.security;

import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Asks the application's own authentication manager, and publishes the events about the
 * outcome unless that manager has done so.
 *
 * @since 0.1.0
 */
public final class DelegatedAuthentication implements AuthenticationProvider, AuthenticationEventPublisher,
		ApplicationListener<AbstractAuthenticationEvent> {

	private final ThreadLocal<Boolean> published = new ThreadLocal<>();

	private final AuthenticationManager manager;

	private final AuthenticationEventPublisher events;

	/**
	 * Create an instance.
	 * @param manager the application's manager
	 * @param events told of the outcome
	 */
	public DelegatedAuthentication(AuthenticationManager manager, AuthenticationEventPublisher events) {
		this.manager = manager;
		this.events = events;
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		this.published.set(false);
		try {
			return this.manager.authenticate(authentication);
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// no event follows, and the next login on this thread may be another
			// manager's
			this.published.remove();
			throw ex;
		}
	}

	/**
	 * Return whether the manager is asked: not about somebody without credentials, whom
	 * only the connection identifies.
	 */
	@Override
	public boolean supports(Class<?> authentication) {
		return authentication != PeerAuthentication.class;
	}

	@Override
	public void onApplicationEvent(AbstractAuthenticationEvent event) {
		if (this.published.get() != null) {
			this.published.set(true);
		}
	}

	@Override
	public void publishAuthenticationSuccess(Authentication authentication) {
		if (!Boolean.TRUE.equals(this.published.get())) {
			this.events.publishAuthenticationSuccess(authentication);
		}
		this.published.remove();
	}

	@Override
	public void publishAuthenticationFailure(AuthenticationException exception, Authentication authentication) {
		if (!Boolean.TRUE.equals(this.published.get())) {
			this.events.publishAuthenticationFailure(exception, authentication);
		}
		this.published.remove();
	}

}
