package io.irpc.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;

import io.irpc.security.DelegatedAuthentication;
import io.irpc.security.LoginProvider;
import io.irpc.security.LoginUsers;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authentication.password.CompromisedPasswordChecker;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.ClassUtils;

/**
 * Makes the manager that checks the credentials of sessions of what the application has:
 * its manager, or else its providers, or else its users. The result is no bean, as that
 * would replace the manager of the rest of the application.
 */
final class AuthenticationManagerFactory {

	/**
	 * Name of the manager to use where an application has several.
	 */
	static final String BEAN_NAME = "irpcAuthenticationManager";

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			AuthenticationManagerFactory.class.getClassLoader());

	private final ConfigurableApplicationContext context;

	private final AuthenticationEventPublisher events;

	AuthenticationManagerFactory(ConfigurableApplicationContext context, AuthenticationEventPublisher events) {
		this.context = context;
		this.events = events;
	}

	AuthenticationManager create(LoginUsers users) {
		List<AuthenticationProvider> providers = new ArrayList<>();
		this.context.getBeanProvider(LoginProvider.class)
			.orderedStream()
			.forEach((login) -> providers.add(login.provider()));
		AuthenticationEventPublisher publisher = this.events;
		AuthenticationManager own = ownManager();
		if (own != null) {
			DelegatedAuthentication delegated = new DelegatedAuthentication(own, this.events);
			this.context.addApplicationListener(delegated);
			providers.add(delegated);
			publisher = delegated;
		}
		else {
			providers.addAll(ownProviders(users));
		}
		if (providers.isEmpty()) {
			return (authentication) -> {
				throw new ProviderNotFoundException("The application has no users and no other credentials");
			};
		}
		ProviderManager manager = new ProviderManager(providers);
		manager.setAuthenticationEventPublisher(publisher);
		return manager;
	}

	private @Nullable AuthenticationManager ownManager() {
		if (this.context.containsBean(BEAN_NAME)) {
			return this.context.getBean(BEAN_NAME, AuthenticationManager.class);
		}
		AuthenticationManager manager = single(this.context, AuthenticationManager.class);
		return (manager == null && reactorPresent) ? Reactive.manager(this.context) : manager;
	}

	private static <T> @Nullable T single(ConfigurableApplicationContext context, Class<T> type) {
		T manager = context.getBeanProvider(type).getIfUnique();
		String[] names = context.getBeanNamesForType(type);
		if (manager == null && names.length > 1) {
			throw new IrpcConfigurationException(
					"It is not clear which " + type.getSimpleName() + " checks logins over IRPC, as there are "
							+ names.length + ": " + String.join(", ", names),
					"Mark one of them with @Primary, or name an AuthenticationManager " + BEAN_NAME + ".");
		}
		return manager;
	}

	private List<AuthenticationProvider> ownProviders(LoginUsers users) {
		List<AuthenticationProvider> providers = this.context.getBeanProvider(AuthenticationProvider.class)
			.orderedStream()
			.toList();
		if (!providers.isEmpty()) {
			return providers;
		}
		UserDetailsService service = users.service();
		if (service == null) {
			single(this.context, UserDetailsService.class);
		}
		return (service != null) ? List.of(daoProvider(service)) : List.of();
	}

	private DaoAuthenticationProvider daoProvider(UserDetailsService service) {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(service);
		this.context.getBeanProvider(PasswordEncoder.class).ifAvailable(provider::setPasswordEncoder);
		this.context.getBeanProvider(UserDetailsPasswordService.class)
			.ifAvailable(provider::setUserDetailsPasswordService);
		this.context.getBeanProvider(CompromisedPasswordChecker.class)
			.ifAvailable(provider::setCompromisedPasswordChecker);
		return provider;
	}

	/**
	 * Used only where Reactor is present.
	 */
	private static final class Reactive {

		static @Nullable AuthenticationManager manager(ConfigurableApplicationContext context) {
			ReactiveAuthenticationManager manager = single(context, ReactiveAuthenticationManager.class);
			return (manager != null) ? (authentication) -> manager.authenticate(authentication)
				.blockOptional()
				.orElseThrow(() -> new BadCredentialsException("Nothing could authenticate")) : null;
		}

	}

}
