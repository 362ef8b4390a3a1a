package io.irpc.autoconfigure;

import io.irpc.client.EventListenerRegistrar;
import io.irpc.client.IrpcClient;
import io.irpc.payload.PayloadConverter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of methods that listen to events of a server. Independent of that of
 * the client, so that listeners without one are told.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IrpcClientAutoConfiguration.class)
public final class IrpcEventListenerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EventListenerRegistrar irpcEventListenerRegistrar(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<IrpcClient> clients, PayloadConverter converter) {
		return new EventListenerRegistrar(beanFactory, clients, converter);
	}

}
