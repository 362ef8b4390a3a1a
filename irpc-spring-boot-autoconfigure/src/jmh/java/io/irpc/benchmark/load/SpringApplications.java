package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts applications that have what they need of what is on the class path. All of them
 * record meters, none traces: who traces pays for it with each peer.
 */
final class SpringApplications {

	/**
	 * Auto-configurations of Spring Security.
	 */
	static final List<String> SECURITY = Stream
		.of("security.autoconfigure.ReactiveUserDetailsService", "security.autoconfigure.Security",
				"security.autoconfigure.UserDetailsService", "security.autoconfigure.rsocket.RSocketSecurity",
				"security.oauth2.server.resource.autoconfigure.OAuth2ResourceServer",
				"security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServer",
				"grpc.server.autoconfigure.security.GrpcServerOAuth2ResourceServer",
				"grpc.server.autoconfigure.security.GrpcServerSecurity")
		.map(SpringApplications::autoConfiguration)
		.toList();

	/**
	 * Auto-configurations of RSocket.
	 */
	static final List<String> RSOCKET = Stream.of("Messaging", "Requester", "Server", "Strategies")
		.map((name) -> autoConfiguration("rsocket.autoconfigure.RSocket" + name))
		.toList();

	/**
	 * Properties that switch off the auto-configurations of gRPC.
	 */
	static final List<String> NO_GRPC = List.of("spring.grpc.client.enabled=false", "spring.grpc.server.enabled=false");

	private static final List<String> TRACING = Stream
		.of("micrometer.tracing.autoconfigure.MicrometerTracing", "micrometer.tracing.autoconfigure.NoopTracer",
				"micrometer.tracing.brave.autoconfigure.Brave",
				"micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracing",
				"opentelemetry.autoconfigure.OpenTelemetrySdk")
		.map(SpringApplications::autoConfiguration)
		.toList();

	/**
	 * The auto-configuration of observations.
	 */
	static final List<String> OBSERVATION = List
		.of(autoConfiguration("micrometer.observation.autoconfigure.Observation"));

	private SpringApplications() {
	}

	/**
	 * Run an application.
	 * @param application the class with its beans
	 * @param excluded names of auto-configurations to leave out
	 * @param properties properties, such as {@code name=value}
	 * @return the context of the application
	 */
	static ConfigurableApplicationContext run(Class<?> application, List<String> excluded, List<String> properties) {
		List<String> exclusions = Stream.of(TRACING, excluded).flatMap(List::stream).toList();
		List<String> arguments = new ArrayList<>(
				List.of("--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
						"--logging.level.root=warn", "--spring.autoconfigure.exclude=" + String.join(",", exclusions)));
		properties.forEach((property) -> arguments.add("--" + property));
		return new SpringApplication(application).run(arguments.toArray(String[]::new));
	}

	/**
	 * Return a server that ends with its application.
	 * @param context the context of the application
	 * @param port the port of the server
	 * @return the server
	 */
	static Peer.Service service(ConfigurableApplicationContext context, int port) {
		return new Peer.Service() {

			@Override
			public int port() {
				return port;
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	private static String autoConfiguration(String name) {
		return "org.springframework.boot." + name + "AutoConfiguration";
	}

}
