package io.irpc.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of logins with bearer tokens.
 */
class BearerTokenTests {

	private static final SecretKey KEY = key("the key that these tests sign their tokens with");

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	private final ApplicationContextRunner withJwt = this.contextRunner.withBean(JwtDecoder.class,
			() -> NimbusJwtDecoder.withSecretKey(KEY).build());

	@Test
	void aTokenLogsInWithItsScopesAsAuthorities() {
		this.withJwt.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(login(client, token(KEY, "alice", Duration.ofMinutes(5)))).isTrue();
				assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\t\"alice\"");
				assertThat(client.ask("!call@1\tfn:whaticando")).contains("\"SCOPE_read\"", "\"SCOPE_write\"");
				assertThat(client.ask("!call@1\tfn:greet")).isEqualTo(">1\t\t\"hello\"");
			}
		});
	}

	@Test
	void aTokenThatIsForgedExpiredOrNoneIsRefused() {
		this.withJwt.run((context) -> {
			for (String token : List.of(
					token(key("another key, which is as long as the first one"), "alice", Duration.ofMinutes(5)),
					token(KEY, "alice", Duration.ofMinutes(-5)), "nonsense", "", " ")) {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, token)).as(token).isFalse();
					assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\tnull");
				}
			}
		});
	}

	@Test
	void aTokenIsNoPasswordAndAPasswordNoToken() {
		this.withJwt.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\ttoken=\"a\"\tusername=\"b\""))
					.isEqualTo(">1\tException\t\"Expected either username and password, or token\"");
			}
		});
	}

	@Test
	void theSessionEndsWhenTheTokenExpires() {
		// the decoder takes tokens for a minute longer, for clocks that differ
		this.withJwt.withPropertyValues("irpc.server.login.recheck-interval=20ms").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(login(client, token(KEY, "alice", Duration.ofSeconds(2)))).isTrue();
				assertThat(client.read()).isEqualTo(">\tException\t\"The login is not valid any more\"");
				assertThat(client.read()).isNull();
			}
		});
	}

	@Test
	void eachTokenOfAUserExpiresForItself() {
		this.withJwt.withPropertyValues("irpc.server.login.recheck-interval=20ms").run((context) -> {
			try (RawClient first = ServerRunner.connect(context); RawClient second = ServerRunner.connect(context)) {
				assertThat(login(second, token(KEY, "alice", Duration.ofMinutes(5)))).isTrue();
				assertThat(login(first, token(KEY, "alice", Duration.ofSeconds(-2)))).isTrue();
				assertThat(first.read()).isEqualTo(">\tException\t\"The login is not valid any more\"");
				assertThat(second.ask("!call@1\tfn:greet")).isEqualTo(">1\t\t\"hello\"");
			}
		});
	}

	@Test
	void theConverterOfTheApplicationDecidesAboutAuthorities() {
		this.withJwt.withBean(JwtAuthenticationConverter.class, () -> {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setPrincipalClaimName("nick");
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> AuthorityUtils.createAuthorityList("ROLE_MAPPED"));
			return converter;
		}).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(login(client, token(KEY, "alice", Duration.ofMinutes(5)))).isTrue();
				assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\t\"ally\"");
				assertThat(client.ask("!call@1\tfn:whaticando")).contains("\"ROLE_MAPPED\"").doesNotContain("SCOPE");
			}
		});
	}

	@Test
	void keysThatCannotBeFetchedAreNoWrongToken() {
		this.contextRunner.withBean(JwtDecoder.class, () -> (token) -> {
			throw new JwtException("the server of the keys is down");
		}).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\ttoken=\"a\""))
					.isEqualTo(">1\tException\t\"Logins cannot be checked now\"");
			}
		});
	}

	@Test
	void aReactiveDecoderIsAskedWhereThereIsNoOther() {
		this.contextRunner.withBean(ReactiveJwtDecoder.class, () -> NimbusReactiveJwtDecoder.withSecretKey(KEY).build())
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, token(KEY, "alice", Duration.ofMinutes(5)))).isTrue();
					assertThat(login(client, "nonsense")).isFalse();
				}
			});
	}

	@Test
	void aTokenMayBeOpaque() {
		this.contextRunner.withBean(OpaqueTokenIntrospector.class, () -> BearerTokenTests::introspect)
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "wrong")).isFalse();
					assertThat(login(client, "good")).isTrue();
					assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\t\"alice\"");
					assertThat(client.ask("!call@1\tfn:whaticando")).contains("\"SCOPE_read\"");
				}
			});
	}

	@Test
	void anOpaqueTokenExpiresAsWell() {
		this.contextRunner.withBean(OpaqueTokenIntrospector.class, () -> BearerTokenTests::introspect)
			.withPropertyValues("irpc.server.login.recheck-interval=20ms")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "short")).isTrue();
					assertThat(client.read()).isEqualTo(">\tException\t\"The login is not valid any more\"");
				}
			});
	}

	@Test
	void aReactiveIntrospectorIsAskedWhereThereIsNoOther() {
		this.contextRunner
			.withBean(ReactiveOpaqueTokenIntrospector.class,
					() -> (token) -> Mono.fromCallable(() -> introspect(token)))
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "wrong")).isFalse();
					assertThat(login(client, "good")).isTrue();
				}
			});
	}

	@Test
	void aTokenIsAWrongCredentialWhereNothingChecksTokens() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(login(client, token(KEY, "alice", Duration.ofMinutes(5)))).isFalse();
			}
		});
		this.contextRunner.withClassLoader(new FilteredClassLoader(BearerTokenAuthenticationToken.class))
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, token(KEY, "alice", Duration.ofMinutes(5)))).isFalse();
					assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
				}
			});
	}

	@Test
	void aDecoderIsConfiguredByThePropertiesOfTheResourceServer() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(OAuth2ResourceServerAutoConfiguration.class))
			.withPropertyValues("spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys")
			.run((context) -> {
				assertThat(context).hasSingleBean(JwtDecoder.class);
				assertThat(context).hasBean("irpcJwtLoginProvider");
				assertThat(context).doesNotHaveBean("irpcUserDetailsManager");
				assertThat(context).hasSingleBean(IrpcSecurityAutoConfiguration.class);
			});
	}

	private static boolean login(RawClient client, String token) {
		String answer = client.ask("!call@0\tfn:login\ttoken=\"" + token + "\"");
		assertThat(answer).isIn(">0\t\ttrue", ">0\t\tfalse");
		return ">0\t\ttrue".equals(answer);
	}

	private static String token(SecretKey key, String user, Duration lifetime) {
		Instant expiry = Instant.now().plus(lifetime);
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(user)
			.claim("scope", "read write")
			.claim("nick", "ally")
			.issuedAt(expiry.minus(Duration.ofHours(1)))
			.expiresAt(expiry)
			.build();
		return NimbusJwtEncoder.withSecretKey(key)
			.build()
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
	}

	private static SecretKey key(String text) {
		return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
	}

	private static OAuth2AuthenticatedPrincipal introspect(String token) {
		if (token.equals("wrong")) {
			throw new BadOpaqueTokenException("unknown");
		}
		Instant now = Instant.now();
		return new DefaultOAuth2AuthenticatedPrincipal("alice",
				Map.of("sub", "alice", "iat", now.minusSeconds(60), "exp",
						token.equals("short") ? now.plusMillis(300) : now.plusSeconds(300)),
				AuthorityUtils.createAuthorityList("SCOPE_read"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Functions.class)
	static class Application {

	}

	@IrpcService
	static class Functions {

		public String greet() {
			return "hello";
		}

	}

}
