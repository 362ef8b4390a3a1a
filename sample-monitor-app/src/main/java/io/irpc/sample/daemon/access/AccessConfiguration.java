package io.irpc.sample.daemon.access;

import java.net.InetAddress;
import java.util.Locale;

import io.irpc.sample.daemon.support.StartupException;
import io.irpc.security.IrpcRules;
import io.irpc.security.IrpcSecurity;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * Lets the operator do everything, and the viewer look.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

	static final String OPERATOR = "OPERATOR";

	static final String VIEWER = "VIEWER";

	@Bean
	UserDetailsService users(PasswordProperties passwords,
			@Value("${irpc.server.address:127.0.0.1}") InetAddress address) {
		if (!address.isLoopbackAddress() && passwords.isAnyWellKnown()) {
			throw new StartupException(
					"Everybody knows the passwords of this sample, and " + address.getHostAddress()
							+ " can be reached from other machines",
					"Set 'sample.passwords.operator' and 'sample.passwords.viewer', or leave 'irpc.server.address' out.",
					null);
		}
		PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
		return new InMemoryUserDetailsManager(user(OPERATOR, passwords.operator(), encoder),
				user(VIEWER, passwords.viewer(), encoder));
	}

	@Bean
	IrpcRules rules(IrpcSecurity irpc) {
		return irpc
			.authorize((rules) -> rules.functions("settings.update")
				.hasRole(OPERATOR)
				.functions("*.*")
				.hasRole(VIEWER, OPERATOR)
				.events("*")
				.hasRole(VIEWER, OPERATOR))
			.build();
	}

	private static UserDetails user(String role, String password, PasswordEncoder encoder) {
		return User.withUsername(role.toLowerCase(Locale.ROOT)).password(encoder.encode(password)).roles(role).build();
	}

}
