package io.irpc.docs.clients;

import io.irpc.autoconfigure.IrpcClientCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets servers tell the clients of one application apart.
 */
@Configuration(proxyBeanMethods = false)
class ClientNames {

	// tag::customizer[]
	@Bean
	IrpcClientCustomizer nameCustomizer() {
		return (clientName, builder) -> builder.name("console-" + clientName);
	}
	// end::customizer[]

}
