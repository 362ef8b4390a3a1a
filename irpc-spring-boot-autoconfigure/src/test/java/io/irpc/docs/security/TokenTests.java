package io.irpc.docs.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import io.irpc.test.IrpcTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the configurations that the chapter about security shows for tokens.
 */
class TokenTests {

	private final ApplicationContextRunner application = ServerRunner.secured(SettingsApplication.class);

	@Test
	void usersWithATokenLogIn() throws IOException, JOSEException {
		RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
		HttpServer keys = keys(key);
		try {
			tokens(keys).run((context) -> {
				try (IrpcTestClient client = IrpcTestClient.to(context.getBean(IrpcServer.class).port())) {
					IrpcTestClient stranger = client.withToken(token(key, "https://other.example.org"));
					assertThatExceptionOfType(NotConnectedException.class)
						.isThrownBy(() -> stranger.call("whoami").exchange())
						.withMessageContaining("The server refuses the token");
					IrpcTestClient ann = client.withToken(token(key, "https://login.example.org"));
					assertThat(ann.call("whoami").exchange()).hasValue("ann");
					assertThat(ann.call("whaticando").exchange()).list(String.class).contains("SCOPE_settings");
				}
			});
		}
		finally {
			keys.stop(0);
		}
	}

	@Test
	void clientLogsInWithATokenThatABeanSupplies() throws IOException, JOSEException {
		RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
		HttpServer keys = keys(key);
		try {
			tokens(keys).run((context) -> Monitors.runner()
				.withUserConfiguration(MonitorLogin.class)
				.withBean(Tokens.class, () -> new Tokens(token(key, "https://login.example.org")))
				.withPropertyValues("irpc.client.address=127.0.0.1:" + context.getBean(IrpcServer.class).port())
				.run((other) -> assertThat(Monitors.whoami(other.getBean(IrpcClient.class))).isEqualTo("ann")));
		}
		finally {
			keys.stop(0);
		}
	}

	private ApplicationContextRunner tokens(HttpServer keys) {
		return this.application.withUserConfiguration(TokenUsers.class)
			.withPropertyValues("tokens.issuer=https://login.example.org",
					"tokens.keys=http://127.0.0.1:" + keys.getAddress().getPort() + "/keys");
	}

	private static HttpServer keys(RSAKey key) throws IOException {
		byte[] body = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/keys", (exchange) -> {
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		return server;
	}

	private static String token(RSAKey key, String issuer) {
		Instant now = Instant.now();
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
				new JWTClaimsSet.Builder().subject("ann")
					.issuer(issuer)
					.claim("scope", "settings")
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plusSeconds(600)))
					.build());
		try {
			token.sign(new RSASSASigner(key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	/**
	 * What an application gets its tokens from.
	 *
	 * @param token the token
	 */
	private record Tokens(String token) implements Supplier<String> {

		@Override
		public String get() {
			return this.token;
		}

	}

}
