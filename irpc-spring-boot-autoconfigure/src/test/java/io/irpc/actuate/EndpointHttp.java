package io.irpc.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.http.HttpHeaders;

/**
 * Speaks to the endpoint as {@code curl} does.
 */
final class EndpointHttp {

	/**
	 * The password of all users.
	 */
	static final String PASSWORD = "secret";

	private static final HttpClient http = HttpClient.newHttpClient();

	private final String root;

	private final @Nullable String user;

	private EndpointHttp(String root, @Nullable String user) {
		this.root = root;
		this.user = user;
	}

	static EndpointHttp of(AssertableWebApplicationContext context) {
		WebServer server = context.getSourceApplicationContext(AnnotationConfigServletWebServerApplicationContext.class)
			.getWebServer();
		int port = Objects.requireNonNull(server).getPort();
		return new EndpointHttp("http://127.0.0.1:" + port + "/actuator/irpc", null);
	}

	EndpointHttp as(String newUser) {
		return new EndpointHttp(this.root, newUser);
	}

	Answer get(String path) {
		return send("GET", path);
	}

	Answer delete(String path) {
		return send("DELETE", path);
	}

	Answer post(String path) {
		return send("POST", path);
	}

	private Answer send(String method, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.root + path))
			.method(method, BodyPublishers.noBody());
		if (this.user != null) {
			request.header("Authorization", "Basic " + HttpHeaders.encodeBasicAuth(this.user, PASSWORD, null));
		}
		try {
			HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An answer.
	 *
	 * @param status the status
	 * @param text the body
	 */
	record Answer(int status, String text) {

		JsonNode json() {
			return new JsonMapper().readTree(this.text);
		}

	}

}
