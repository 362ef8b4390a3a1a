package io.irpc.autoconfigure.security;

import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * Gives an application without a web server and without credentials of its own the user
 * of {@code spring.security.user}, as web applications have it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SecurityProperties.class)
@ConditionalOnNotWebApplication
@ConditionalOnMissingBean(
		value = { AuthenticationManager.class, AuthenticationProvider.class, UserDetailsService.class },
		type = { "org.springframework.security.authentication.ReactiveAuthenticationManager",
				"org.springframework.security.core.userdetails.ReactiveUserDetailsService",
				"org.springframework.security.oauth2.jwt.JwtDecoder",
				"org.springframework.security.oauth2.jwt.ReactiveJwtDecoder",
				"org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector",
				"org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector" })
@EnableConfigurationProperties(SecurityProperties.class)
class DefaultUserConfiguration {

	private static final Log logger = LogFactory.getLog(DefaultUserConfiguration.class);

	private static final Pattern ENCODED = Pattern.compile("^\\{.+}.*$");

	@Bean
	InMemoryUserDetailsManager irpcUserDetailsManager(SecurityProperties properties,
			ObjectProvider<PasswordEncoder> encoder) {
		SecurityProperties.User user = properties.getUser();
		String password = user.getPassword();
		if (user.isPasswordGenerated()) {
			logger.warn(String.format("%n%nGenerated password of the user '%s' for logins over IRPC: %s%n%n"
					+ "It changes with every start: set spring.security.user.password, or declare users as beans.%n",
					user.getName(), password));
		}
		boolean plain = encoder.getIfAvailable() == null && !ENCODED.matcher(password).matches();
		return new InMemoryUserDetailsManager(User.withUsername(user.getName())
			.password(plain ? "{noop}" + password : password)
			.roles(user.getRoles().toArray(String[]::new))
			.build());
	}

}
