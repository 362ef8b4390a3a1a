package io.irpc.sample.daemon.access;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Lets the person on call look at the daemon by HTTP, and the operator end sessions.
 * Anybody may ask whether it is well, as probes do.
 */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

	@Bean
	SecurityFilterChain operations(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health"))
				.permitAll()
				.requestMatchers(HttpMethod.GET)
				.hasAnyRole(AccessConfiguration.VIEWER, AccessConfiguration.OPERATOR)
				.anyRequest()
				.hasRole(AccessConfiguration.OPERATOR))
			.httpBasic(Customizer.withDefaults())
			// no browser holds a session here
			.csrf(CsrfConfigurer::disable)
			.build();
	}

}
