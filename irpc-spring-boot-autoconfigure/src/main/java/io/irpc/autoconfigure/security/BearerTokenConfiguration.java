package io.irpc.autoconfigure.security;

import java.time.Clock;

import io.irpc.security.LoginProvider;
import io.irpc.security.TokenConverter;
import io.irpc.security.TokenRefresher;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Logins with bearer tokens, where something can check them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(BearerTokenAuthenticationToken.class)
class BearerTokenConfiguration {

	@Bean
	TokenConverter irpcBearerTokenConverter() {
		return BearerTokenAuthenticationToken::new;
	}

	@Bean
	TokenRefresher irpcTokenRefresher() {
		return new TokenRefresher(Clock.systemUTC());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JwtDecoder.class)
	@ConditionalOnBean(JwtDecoder.class)
	static class JwtConfiguration {

		@Bean
		LoginProvider irpcJwtLoginProvider(JwtDecoder decoder, ObjectProvider<JwtAuthenticationConverter> converter) {
			JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
			converter.ifAvailable(provider::setJwtAuthenticationConverter);
			return new LoginProvider(provider);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(OpaqueTokenIntrospector.class)
	static class OpaqueTokenConfiguration {

		@Bean
		LoginProvider irpcOpaqueTokenLoginProvider(OpaqueTokenIntrospector introspector) {
			return new LoginProvider(new OpaqueTokenAuthenticationProvider(introspector));
		}

	}

}
