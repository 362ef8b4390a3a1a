package io.irpc.autoconfigure.actuate;

import io.irpc.actuate.ClientsPart;
import io.irpc.client.IrpcClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Configuration of what the endpoint tells of clients.
 */
@Configuration(proxyBeanMethods = false)
class ClientsPartConfiguration {

	@Bean
	@Order(3)
	ClientsPart irpcClientsPart(ObjectProvider<IrpcClient> clients) {
		return new ClientsPart(clients.orderedStream().toList());
	}

}
