package io.irpc.docs.security;

import java.util.function.Supplier;

import io.irpc.client.ClientCredentials;
import io.irpc.client.Credentials;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Logs a client in with tokens that are renewed.
 */
@Configuration(proxyBeanMethods = false)
class MonitorLogin {

	// tag::credentials[]
	@Bean
	ClientCredentials clientCredentials(Supplier<String> tokens) {
		return () -> Credentials.ofToken(tokens.get());
	}
	// end::credentials[]

}
