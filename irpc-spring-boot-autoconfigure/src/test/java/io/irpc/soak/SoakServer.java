package io.irpc.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.protocol.Limit;
import io.irpc.protocol.Refusals;
import io.irpc.server.IrpcServer;
import io.irpc.server.MemoryBound;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The server of the soak, in a process of its own: tells its port and, asked by a line,
 * its memory; ends with its input.
 */
final class SoakServer {

	static final String PORT = "PORT ";

	static final String REPORT = "REPORT ";

	static final String REFUSED = "REFUSED ";

	private SoakServer() {
	}

	public static void main(String[] args) throws IOException {
		ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("irpc.server.port=0")
			.run(args); MemoryWatch memory = new MemoryWatch()) {
			ticker.scheduleAtFixedRate(() -> context.publishEvent(new Tick("x".repeat(1000))), 100, 100,
					TimeUnit.MILLISECONDS);
			System.out.println(PORT + context.getBean(IrpcServer.class).port());
			BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			while (reader.readLine() != null) {
				Refusals refusals = context.getBean(Refusals.class);
				for (Limit limit : Limit.values()) {
					System.out.println(REFUSED + limit.key() + " " + refusals.count(limit));
				}
				System.out.println(REPORT + memory.peakHeap() + " " + memory.peakDirect() + " "
						+ context.getBean(MemoryBound.class).total());
			}
		}
		finally {
			ticker.shutdownNow();
		}
	}

	@SpringBootConfiguration
	@AutoConfigurationPackage
	@ImportAutoConfiguration({ LifecycleAutoConfiguration.class, JacksonAutoConfiguration.class,
			IrpcAutoConfiguration.class, IrpcEventAutoConfiguration.class, IrpcServerAutoConfiguration.class })
	@Import(Functions.class)
	static class Application {

	}

	@IrpcEvent("soak.tick")
	record Tick(String text) {

	}

	@IrpcService
	static class Functions {

		public int add(int first, int second) {
			return first + second;
		}

		public String text(int length) {
			return "x".repeat(length);
		}

		public int size(Map<String, Object> values) {
			return values.size();
		}

		public int slowly(String text) throws InterruptedException {
			Thread.sleep(1000);
			return text.length();
		}

	}

}
