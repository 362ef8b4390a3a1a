package io.irpc.benchmark.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import io.irpc.benchmark.startup.MinimalApplication;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The process of a minimal application with Spring Security and the Actuator. It tells
 * how long the application took to start.
 */
public final class StartUpProcess {

	/**
	 * Start with this product.
	 */
	static final String WITH = "with";

	/**
	 * Start without it.
	 */
	static final String WITHOUT = "without";

	private StartUpProcess() {
	}

	/**
	 * Start an application.
	 * @param args {@link #WITH} or {@link #WITHOUT}
	 */
	public static void main(String[] args) {
		PrintStream out = System.out;
		System.setOut(System.err);
		List<String> excluded = new ArrayList<>(SpringApplications.RSOCKET);
		if (args[0].equals(WITHOUT)) {
			excluded.addAll(autoConfigurations());
		}
		List<String> properties = new ArrayList<>(SpringApplications.NO_GRPC);
		properties.addAll(List.of("irpc.server.port=0", "irpc.server.ssl.directory=target/irpc-benchmark",
				"spring.security.user.password={noop}secret"));
		long cpuTime = Consumption.cpuTime();
		long started = System.nanoTime();
		try (ConfigurableApplicationContext context = SpringApplications.run(MinimalApplication.class, excluded,
				properties)) {
			long ended = System.nanoTime();
			cpuTime = Consumption.cpuTime() - cpuTime;
			boolean listening = context.containsBean("irpcServer");
			if (listening != args[0].equals(WITH)) {
				throw new IllegalStateException("A server: " + listening);
			}
			out.printf(Locale.ROOT, "STARTED %.1f %.1f%n", (ended - started) / 1e6, cpuTime / 1e6);
		}
	}

	private static List<String> autoConfigurations() {
		ImportCandidates all = ImportCandidates.load(AutoConfiguration.class, StartUpProcess.class.getClassLoader());
		return StreamSupport.stream(all.spliterator(), false).filter((name) -> name.startsWith("io.irpc.")).toList();
	}

}
