package io.irpc.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What development environments are told of the configuration keys.
 */
class ConfigurationMetadataTests {

	private static final List<String> CONNECTION = List.of("high-water-mark", "idle-timeout", "line-timeout",
			"low-water-mark", "max-message-size", "max-parameters", "ping-interval", "slow-peer-timeout");

	private static final List<String> LOGIN = List.of("initial-delay", "local-users", "max-delay", "max-failures",
			"max-remembered", "max-waiting", "recheck-interval", "refusal-time", "threads");

	private static final List<String> THREADS = List.of("max", "virtual");

	@Test
	void whenKeyIsPublishedThenItIsAnExpectedOne() throws IOException {
		Set<String> expected = new TreeSet<>(Set.of("irpc.server.enabled", "irpc.server.address", "irpc.server.port",
				"irpc.server.unix-socket", "irpc.server.exposure", "irpc.server.unknown-arguments",
				"irpc.server.limits.max-anonymous-message-size", "irpc.server.limits.max-running-commands",
				"irpc.server.limits.max-waiting-size", "irpc.server.limits.login-timeout",
				"irpc.server.limits.max-anonymous-sessions", "irpc.server.limits.max-anonymous-sessions-per-address",
				"irpc.server.limits.max-memory", "irpc.server.limits.max-outcome-size",
				"irpc.server.limits.outcome-retention", "irpc.server.limits.max-sessions",
				"irpc.server.limits.max-sessions-per-address", "irpc.journal.max-age", "irpc.journal.max-events",
				"irpc.journal.max-size", "irpc.journal.type", "irpc.journal.jdbc.continue-on-error",
				"irpc.journal.jdbc.initialize-schema", "irpc.journal.jdbc.platform", "irpc.journal.jdbc.poll-interval",
				"irpc.journal.jdbc.schema", "irpc.client.address", "irpc.client.name", "irpc.client.timeout",
				"irpc.client.connect-timeout", "irpc.client.address-order", "irpc.client.while-disconnected",
				"irpc.client.completion", "irpc.client.startup", "irpc.client.startup-timeout",
				"irpc.client.keep-alive", "irpc.clients", "irpc.client.reconnect.initial-delay",
				"irpc.client.reconnect.max-delay", "irpc.server.ssl.enabled", "irpc.server.ssl.bundle",
				"irpc.server.ssl.client-auth", "irpc.server.ssl.directory", "irpc.server.ssl.handshake-timeout",
				"irpc.client.ssl.enabled", "irpc.client.ssl.bundle", "irpc.client.username", "irpc.client.password",
				"irpc.client.token", "irpc.client.credentials-file", "irpc.server.pairing.enabled",
				"irpc.server.pairing.code-validity", "irpc.server.pairing.authorities", "local.irpc.port",
				"irpc.server.shutdown.delay", "irpc.server.health.certificate-warning",
				"irpc.server.health.journal-timeout", "irpc.client.health.required",
				"management.health.irpc-client.enabled", "management.health.irpc-server.enabled",
				"management.endpoint.irpc.access", "management.endpoint.irpc.cache.time-to-live",
				"management.endpoint.irpc.show-values", "management.endpoint.irpc.roles"));
		for (String side : List.of("irpc.server", "irpc.client")) {
			CONNECTION.forEach((key) -> expected.add(side + ".connection." + key));
			THREADS.forEach((key) -> expected.add(side + ".threads." + key));
		}
		LOGIN.forEach((key) -> expected.add("irpc.server.login." + key));
		List<String> names = new ArrayList<>();
		properties().forEach((property) -> names.add(property.path("name").stringValue("")));
		assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void whenKeyIsPublishedThenItHasATypeAndASentenceAsItsDescription() throws IOException {
		for (JsonNode property : properties()) {
			assertThat(property.path("type").stringValue("")).as(property.toString()).isNotBlank();
			assertThat(property.path("description").stringValue("")).as(property.toString())
				.matches("[A-Z].*\\.")
				.doesNotStartWith("The ");
		}
	}

	@Test
	void whenDefaultIsAValueThenItIsPublished() throws IOException {
		List<String> without = new ArrayList<>();
		for (JsonNode property : properties()) {
			if (property.path("defaultValue").isMissingNode()) {
				without.add(property.path("name").stringValue(""));
			}
		}
		assertThat(without).containsExactlyInAnyOrder("local.irpc.port", "irpc.server.port", "irpc.server.unix-socket",
				"irpc.server.limits.max-anonymous-message-size", "irpc.server.limits.max-memory", "irpc.client.address",
				"irpc.client.name", "irpc.server.ssl.bundle", "irpc.server.ssl.directory", "irpc.client.ssl.enabled",
				"irpc.client.ssl.bundle", "irpc.client.username", "irpc.client.password", "irpc.client.token",
				"irpc.client.credentials-file", "irpc.client.keep-alive", "irpc.clients",
				"irpc.server.pairing.authorities", "irpc.journal.jdbc.platform", "management.endpoint.irpc.roles",
				"irpc.client.threads.max");
	}

	@Test
	void whenClientHasANameThenItsKeysAreThoseOfTheOneThatHasNone() throws IOException {
		assertThat(properties().valueStream()
			.filter((property) -> property.path("name").stringValue("").equals("irpc.clients"))
			.map((property) -> property.path("type").stringValue("")))
			.containsExactly("java.util.Map<java.lang.String," + IrpcClientProperties.class.getName() + ">");
	}

	private static JsonNode properties() throws IOException {
		String classes = IrpcServerProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		URI metadata = URI.create(classes + "META-INF/spring-configuration-metadata.json");
		try (InputStream content = metadata.toURL().openStream()) {
			return new JsonMapper().readTree(content).path("properties");
		}
	}

}
