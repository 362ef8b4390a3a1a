package io.irpc.autoconfigure;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.irpc.client.AddressOrder;
import io.irpc.client.ClientCredentials;
import io.irpc.client.DefaultIrpcClient;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientSettings;
import io.irpc.client.ReconnectPolicy;
import io.irpc.client.ServerAddress;
import io.irpc.client.ServerAddresses;
import io.irpc.client.Startup;
import io.irpc.client.WhileDisconnected;
import io.irpc.payload.PayloadConverter;
import io.irpc.transport.TlsContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the IRPC client.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IrpcAutoConfiguration.class)
@ConditionalOnProperty("irpc.client.address")
@EnableConfigurationProperties({ IrpcClientProperties.class, IrpcClientSslProperties.class })
public final class IrpcClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	IrpcClientSettings irpcClientSettings(IrpcClientProperties properties, IrpcClientSslProperties ssl,
			ObjectProvider<SslBundles> bundles, ObjectProvider<ClientCredentials> credentials,
			@Value("${spring.application.name:irpc-client}") String applicationName) {
		String name = properties.getName();
		ServerUri server = ServerUri.parse("irpc.client.address", Objects.requireNonNull(properties.getAddress()));
		Supplier<TlsContext> tls = new ClientTls(ssl, bundles).create(server);
		ClientCredentials supplied = credentials.getIfAvailable();
		return new IrpcClientSettings(StringUtils.hasText(name) ? name : applicationName,
				ServerAddresses.of(new ServerAddress(server.address(), tls)), AddressOrder.FAIL_OVER,
				PropertyChecks.positive("irpc.client.timeout", properties.getTimeout()),
				PropertyChecks.positive("irpc.client.connect-timeout", properties.getConnectTimeout()),
				reconnect(properties.getReconnect()), WhileDisconnected.FAIL, Startup.BACKGROUND,
				Duration.ofSeconds(30),
				ConnectionOptionsMapper.map("irpc.client.connection", properties.getConnection()),
				ConfiguredCredentials.checked(
						(supplied != null) ? supplied : ConfiguredCredentials.of(properties, server), server, tls));
	}

	@Bean
	@ConditionalOnMissingBean
	IrpcClient irpcClient(IrpcClientSettings settings, IrpcClientProperties properties, PayloadConverter converter,
			ConfigurableApplicationContext context) {
		return new DefaultIrpcClient(settings, converter,
				WorkerPools.create("irpc.client.threads", "irpc-client-", properties.getThreads()),
				new ClientEventPublisher(context));
	}

	@Bean
	IrpcClientStarter irpcClientStarter(IrpcClient client, IrpcClientSettings settings) {
		return new IrpcClientStarter(client, settings);
	}

	private static ReconnectPolicy reconnect(IrpcClientProperties.Reconnect properties) {
		Duration initial = PropertyChecks.positive("irpc.client.reconnect.initial-delay", properties.getInitialDelay());
		PropertyChecks.require(properties.getMaxDelay().compareTo(initial) >= 0, "irpc.client.reconnect.max-delay",
				properties.getMaxDelay(),
				"a duration not below irpc.client.reconnect.initial-delay, which is " + initial);
		return new ReconnectPolicy(initial, properties.getMaxDelay());
	}

}
