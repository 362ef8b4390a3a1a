package io.irpc.docs.clients;

import java.util.List;

import io.irpc.autoconfigure.IrpcConnectionDetails;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells the client of the warehouse where its server is.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("warehouse.port")
class Discovered {

	// tag::details[]
	@Bean(defaultCandidate = false)
	@Qualifier("warehouse")
	IrpcConnectionDetails warehouseDetails(@Value("${warehouse.port}") int port) {
		return () -> List.of("localhost:" + port);
	}
	// end::details[]

}
