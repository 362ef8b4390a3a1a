package io.irpc.docs.security;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Users who log in with a token of an authorization server.
 */
// tag::users[]
@Configuration(proxyBeanMethods = false)
class TokenUsers {

	@Bean
	JwtDecoder jwtDecoder(@Value("${tokens.issuer}") String issuer, @Value("${tokens.keys}") String keys) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys).build();
		decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(issuer));
		return decoder;
	}

}
// end::users[]
