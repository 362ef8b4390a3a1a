package io.irpc.docs.operations;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Tells who may read endpoints from who may change something by them.
 */
@Configuration(proxyBeanMethods = false)
public class ManagementSecurity {

	// tag::security[]
	@Bean
	SecurityFilterChain endpoints(HttpSecurity http) {
		return http.securityMatcher("/actuator/**")
			.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health"))
				.permitAll()
				.requestMatchers(HttpMethod.GET)
				.hasAnyRole("ON_CALL", "OPERATOR")
				.anyRequest()
				.hasRole("OPERATOR"))
			.httpBasic(Customizer.withDefaults())
			// no browser holds a session here
			.csrf(CsrfConfigurer::disable)
			.build();
	}
	// end::security[]

}
