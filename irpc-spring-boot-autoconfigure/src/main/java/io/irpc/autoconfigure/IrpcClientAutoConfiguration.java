package io.irpc.autoconfigure;

import io.irpc.client.ClientCredentials;
import io.irpc.client.IrpcClient;
import io.irpc.payload.PayloadConverter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of IRPC clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IrpcAutoConfiguration.class)
@EnableConfigurationProperties({ IrpcClientProperties.class, IrpcClientsProperties.class })
@Import({ NamedClientsRegistrar.class, DiscoveryConfiguration.class })
public final class IrpcClientAutoConfiguration {

	static final String CLIENTS = "irpcConfiguredClients";

	@Bean(CLIENTS)
	ConfiguredClients irpcConfiguredClients(ConfigurableApplicationContext context, PayloadConverter converter,
			@Value("${spring.application.name:irpc-client}") String applicationName) {
		return new ConfiguredClients(context, converter, applicationName);
	}

	@Bean
	@Conditional(OnClientAddressCondition.class)
	@ConditionalOnMissingBean(IrpcConnectionDetails.class)
	PropertiesIrpcConnectionDetails irpcConnectionDetails(IrpcClientProperties properties) {
		return new PropertiesIrpcConnectionDetails(properties);
	}

	@Bean(ConfiguredClients.SINGLE_BEAN)
	@Qualifier(IrpcClientCustomizer.DEFAULT_CLIENT)
	@ConditionalOnBean(IrpcConnectionDetails.class)
	@ConditionalOnMissingBean
	IrpcClient irpcClient(ConfiguredClients clients, IrpcClientProperties properties, IrpcConnectionDetails details,
			ObjectProvider<ClientCredentials> credentials) {
		return clients.single(properties, details, credentials.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(IrpcConnectionDetails.class)
	IrpcClientStarter irpcClientStarter(ConfiguredClients clients, IrpcClientProperties properties, IrpcClient client) {
		return clients.starter(properties, client);
	}

}
