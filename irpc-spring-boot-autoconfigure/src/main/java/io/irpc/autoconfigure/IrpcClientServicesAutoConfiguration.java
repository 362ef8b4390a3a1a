package io.irpc.autoconfigure;

import io.irpc.client.ClientServices;
import io.irpc.client.IrpcClient;
import io.irpc.client.NoEvents;
import io.irpc.service.PublishedEvents;
import io.irpc.service.ServiceMethodRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the services of an application that is a client only: they are
 * for the servers that it connects to.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IrpcClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "irpc.server.enabled", havingValue = false)
@ConditionalOnBean(IrpcClient.class)
@Import(ServicesConfiguration.class)
public final class IrpcClientServicesAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(PublishedEvents.class)
	NoEvents irpcPublishedEvents() {
		return new NoEvents();
	}

	@Bean
	ClientServices irpcClientServices(ServiceMethodRegistry functions) {
		return new ClientServices(functions);
	}

}
