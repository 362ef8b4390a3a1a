package io.irpc.autoconfigure.clients;

import io.irpc.autoconfigure.ImportIrpcClients;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Imports the interfaces of its package.
 */
@Configuration(proxyBeanMethods = false)
@ImportIrpcClients
public class PriceTags {

	@Bean
	String tag(Stock stock, Prices prices) {
		return stock.count("nail") + " for " + prices.of("nail");
	}

}
