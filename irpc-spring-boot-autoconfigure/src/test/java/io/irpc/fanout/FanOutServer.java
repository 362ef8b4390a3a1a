package io.irpc.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.server.IrpcServer;
import io.irpc.session.SessionManager;
import io.irpc.support.UsedMemory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The server of the measurement, in a process of its own: tells its port and, asked by a
 * line, its memory and the number of its sessions; ends with its input.
 */
final class FanOutServer {

	static final String PORT = "PORT ";

	static final String MEMORY = "MEMORY ";

	private FanOutServer() {
	}

	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("irpc.server.port=0", "irpc.server.limits.max-sessions-per-address=10000",
					"irpc.server.connection.slow-peer-timeout=10m")
			.run(args)) {
			System.out.println(PORT + context.getBean(IrpcServer.class).port());
			BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			while (reader.readLine() != null) {
				System.out.println(MEMORY + UsedMemory.heapAfterCollection() + " " + UsedMemory.direct() + " "
						+ context.getBean(SessionManager.class).count());
			}
		}
	}

	@SpringBootConfiguration
	@AutoConfigurationPackage
	@ImportAutoConfiguration({ LifecycleAutoConfiguration.class, JacksonAutoConfiguration.class,
			IrpcAutoConfiguration.class, IrpcEventAutoConfiguration.class, IrpcServerAutoConfiguration.class })
	@Import(Functions.class)
	static class Application {

	}

	@IrpcEvent("raised")
	record Raised(int number, String text) {

	}

	@IrpcService
	static class Functions {

		private static final String TEXT = "x".repeat(75);

		private final ApplicationEventPublisher publisher;

		Functions(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		public void raise(int count) {
			for (int i = 0; i < count; i++) {
				this.publisher.publishEvent(new Raised(i, TEXT));
			}
		}

	}

}
