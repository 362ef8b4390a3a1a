package io.irpc.sample.daemon;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import io.irpc.sample.SampleMonitorApplication;
import io.irpc.server.IrpcServer;
import io.irpc.test.IrpcTestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what the person on call asks the daemon by HTTP.
 */
class OperationsTests {

	private static final JsonMapper mapper = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path root;

	@Test
	void aViewerSeesWhoIsConnectedAndWhatIsSlowAndAnOperatorSendsThemAway() throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(SampleMonitorApplication.class,
				"--spring.profiles.active=daemon", "--sample.data-directory=" + this.root, "--irpc.server.port=0",
				"--sample.ftp.port=0");
				IrpcTestClient client = IrpcTestClient.to(context.getBean(IrpcServer.class).port())) {
			String endpoints = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
					+ "/actuator";
			client.as("viewer", "viewer").call("errors.list").exchange();
			JsonNode session = json(get("viewer", endpoints + "/irpc/sessions")).get("sessions").get(0);
			assertThat(session.get("user").asString()).isEqualTo("viewer");
			assertThat(json(get("viewer", endpoints + "/metrics/irpc.server.requests?tag=function:errors.list"))
				.get("measurements")
				.get(0)
				.get("value")
				.asInt()).isOne();
			JsonNode health = json(get(null, endpoints + "/health"));
			assertThat(health.get("status").asString()).isEqualTo("UP");
			assertThat(health.get("components").has("irpcServer")).isTrue();
			assertThat(get(null, endpoints + "/irpc").statusCode()).isEqualTo(401);
			String one = endpoints + "/irpc/sessions/" + session.get("id").asInt() + "?reason=floods+the+line";
			assertThat(send("viewer", "DELETE", one).statusCode()).isEqualTo(403);
			assertThat(send("operator", "DELETE", one).statusCode()).isEqualTo(200);
			await().untilAsserted(() -> assertThat(
					json(get("operator", endpoints + "/irpc/sessions")).get("closed").findValuesAsString("reason"))
				.anyMatch((reason) -> reason.contains("floods the line")));
			assertThat(send("operator", "POST", endpoints + "/irpc/drain").statusCode()).isEqualTo(202);
			await()
				.untilAsserted(() -> assertThat(json(get("viewer", endpoints + "/irpc/server")).get("state").asString())
					.isEqualTo("drained"));
			assertThat(get(null, endpoints + "/health/readiness").statusCode()).isEqualTo(503);
		}
	}

	private HttpResponse<String> get(@Nullable String user, String uri) throws IOException, InterruptedException {
		return send(user, "GET", uri);
	}

	private HttpResponse<String> send(@Nullable String user, String method, String uri)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).method(method, BodyPublishers.noBody());
		if (user != null) {
			String credentials = user + ":" + user;
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return mapper.readTree(response.body());
	}

}
