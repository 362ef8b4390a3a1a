package io.irpc.sample.daemon;

import java.time.Clock;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Configures the daemon, unless the application is started as the monitor alone.
 */
@Configuration(proxyBeanMethods = false)
@Profile("daemon | !monitor")
@ComponentScan
@ConfigurationPropertiesScan
public class DaemonConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
