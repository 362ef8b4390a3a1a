package io.irpc.test;

import io.irpc.autoconfigure.ClientEventPublisher;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventListenerAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.client.ClientCredentials;
import io.irpc.client.EventListenerRegistrar;
import io.irpc.client.IrpcClient;
import io.irpc.payload.PayloadConverter;
import io.netty.channel.local.LocalAddress;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of tests with {@link IrpcTest}: the server listens inside the
 * process, and the application's client is connected to it.
 */
@AutoConfiguration(after = IrpcAutoConfiguration.class,
		before = { IrpcServerAutoConfiguration.class, IrpcEventListenerAutoConfiguration.class })
class IrpcTestAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LocalAddress irpcTestAddress() {
		return new LocalAddress(IrpcTest.class);
	}

	@Bean
	@ConditionalOnMissingBean
	IrpcClient irpcClient(LocalAddress address, PayloadConverter converter,
			ObjectProvider<ClientCredentials> credentials, ConfigurableApplicationContext context) {
		return new TestServer(() -> address, converter).client(credentials.getIfAvailable(),
				new ClientEventPublisher(context));
	}

	@Bean
	ListenerSubscriptions irpcTestSubscriptions(EventListenerRegistrar listeners) {
		return new ListenerSubscriptions(listeners);
	}

	@Bean
	ApplicationClientPause irpcTestApplicationClientPause(IrpcClient client) {
		return new ApplicationClientPause(client);
	}

}
