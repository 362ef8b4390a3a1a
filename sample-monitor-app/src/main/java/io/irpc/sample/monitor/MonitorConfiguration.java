package io.irpc.sample.monitor;

import io.irpc.client.IrpcClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Configures the monitor, unless the application is started as the daemon alone. All that
 * it needs of the daemon comes through the {@link IrpcClient}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("monitor | !daemon")
@EnableConfigurationProperties(MonitorProperties.class)
public class MonitorConfiguration {

	@Bean
	Terminal terminal(MonitorProperties properties) {
		return new Terminal(System.out, properties.prefix());
	}

	@Bean
	ErrorWatch errorWatch(IrpcClient client, Terminal terminal, MonitorProperties properties) {
		return new ErrorWatch(client, terminal, properties.name());
	}

	@Bean
	SettingsCommand settingsCommand(IrpcClient client, Terminal terminal, JsonMapper mapper) {
		return new SettingsCommand(client, terminal, mapper);
	}

	@Bean
	ApplicationRunner monitorRunner(SettingsCommand settingsCommand, ErrorWatch errorWatch) {
		return (arguments) -> {
			if (SettingsCommand.isRequested(arguments)) {
				settingsCommand.run(arguments);
			}
			else {
				errorWatch.start();
			}
		};
	}

}
