package io.irpc.autoconfigure.security;

import io.irpc.security.LoginUsers;
import io.irpc.security.ReactiveContextDecorator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Finds the users of the application, also those of a reactive one.
 */
@Configuration(proxyBeanMethods = false)
class ReactiveSecurityConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	static class WithReactor {

		@Bean
		ReactiveContextDecorator irpcReactiveContextDecorator() {
			return new ReactiveContextDecorator();
		}

		@Bean
		LoginUsers irpcLoginUsers(ObjectProvider<UserDetailsService> users,
				ObjectProvider<ReactiveUserDetailsService> reactiveUsers) {
			UserDetailsService service = users.getIfUnique();
			ReactiveUserDetailsService reactive = reactiveUsers.getIfUnique();
			return new LoginUsers((service == null && reactive != null) ? adapt(reactive) : service);
		}

		private static UserDetailsService adapt(ReactiveUserDetailsService users) {
			return (name) -> {
				@Nullable UserDetails user = users.findByUsername(name).block();
				if (user == null) {
					throw new UsernameNotFoundException("Unknown user");
				}
				return user;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("reactor.core.publisher.Mono")
	static class WithoutReactor {

		@Bean
		LoginUsers irpcLoginUsers(ObjectProvider<UserDetailsService> users) {
			return new LoginUsers(users.getIfUnique());
		}

	}

}
