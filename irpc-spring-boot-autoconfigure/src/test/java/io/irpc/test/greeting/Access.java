package io.irpc.test.greeting;

import io.irpc.security.IrpcRules;
import io.irpc.security.IrpcSecurity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * Who may do what. A slice does not find it.
 */
@Configuration(proxyBeanMethods = false)
public class Access {

	@Bean
	IrpcRules rules(IrpcSecurity irpc) {
		return irpc.authorize((rules) -> {
			rules.functions("greeter.*").hasRole("GREETER");
			rules.events("greeted").permitAll();
			rules.anything().authenticated();
		}).build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("viewer").password("{noop}secret").roles("VIEWER").build(),
				User.withUsername("greeter").password("{noop}secret").roles("GREETER").build());
	}

}
