package io.irpc.autoconfigure.security;

import java.time.Clock;

import io.irpc.security.LoginProvider;
import io.irpc.security.TokenConverter;
import io.irpc.security.TokenRefresher;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import org.springframework.util.StringUtils;

/**
 * Logins with bearer tokens, where something can check them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(BearerTokenAuthenticationToken.class)
class BearerTokenConfiguration {

	@Bean
	TokenConverter irpcBearerTokenConverter() {
		return (token) -> StringUtils.hasText(token) ? new BearerTokenAuthenticationToken(token) : null;
	}

	@Bean
	TokenRefresher irpcTokenRefresher() {
		return new TokenRefresher(Clock.systemUTC());
	}

	private static LoginProvider jwtProvider(JwtDecoder decoder, ObjectProvider<JwtAuthenticationConverter> converter) {
		JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
		converter.ifUnique(provider::setJwtAuthenticationConverter);
		return new LoginProvider(provider);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JwtDecoder.class)
	@ConditionalOnBean(JwtDecoder.class)
	static class JwtConfiguration {

		@Bean
		LoginProvider irpcJwtLoginProvider(JwtDecoder decoder, ObjectProvider<JwtAuthenticationConverter> converter) {
			return jwtProvider(decoder, converter);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JwtDecoder.class, Mono.class })
	@ConditionalOnBean(ReactiveJwtDecoder.class)
	@ConditionalOnMissingBean(JwtDecoder.class)
	static class ReactiveJwtConfiguration {

		@Bean
		LoginProvider irpcJwtLoginProvider(ReactiveJwtDecoder decoder,
				ObjectProvider<JwtAuthenticationConverter> converter) {
			return jwtProvider((token) -> decoder.decode(token)
				.blockOptional()
				.orElseThrow(() -> new BadJwtException("Not accepted")), converter);
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	@ConditionalOnBean(ReactiveOpaqueTokenIntrospector.class)
	@ConditionalOnMissingBean(OpaqueTokenIntrospector.class)
	static class ReactiveOpaqueTokenConfiguration {

		@Bean
		LoginProvider irpcOpaqueTokenLoginProvider(ReactiveOpaqueTokenIntrospector introspector) {
			return new LoginProvider(new OpaqueTokenAuthenticationProvider((token) -> introspector.introspect(token)
				.blockOptional()
				.orElseThrow(() -> new BadOpaqueTokenException("Not accepted"))));
		}

	}

}
