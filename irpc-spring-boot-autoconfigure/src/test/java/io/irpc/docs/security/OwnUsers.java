package io.irpc.docs.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * Users that stand in the code.
 */
// tag::users[]
@Configuration(proxyBeanMethods = false)
class OwnUsers {

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("operator")
					.password("{bcrypt}$2a$10$.220oe6EZpueEGt8SaBHHOaG8RfV8SH/6.24bV.WeHi.KB2w.3i0O")
					.roles("OPERATOR")
					.build(),
				User.withUsername("viewer")
					.password("{bcrypt}$2a$10$tL5Q4WthyOoqb7FyJgAHrOnD9YTVNp.i9FX17WTddBlW0UY8xqivK")
					.roles("VIEWER")
					.build());
	}

}
// end::users[]
