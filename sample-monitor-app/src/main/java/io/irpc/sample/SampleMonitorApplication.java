package io.irpc.sample;

import io.irpc.sample.daemon.DaemonConfiguration;
import io.irpc.sample.monitor.MonitorConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * Starts the daemon, the monitor or both, as the active profiles say.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ DaemonConfiguration.class, MonitorConfiguration.class })
public class SampleMonitorApplication {

	/**
	 * Start the application.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(SampleMonitorApplication.class, args);
		if (context.getEnvironment().containsProperty("set")) {
			System.exit(SpringApplication.exit(context));
		}
	}

}
