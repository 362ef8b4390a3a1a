package io.irpc.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets clients find servers by Spring Cloud.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DiscoveryClient.class)
class DiscoveryConfiguration {

	@Bean
	ServiceLookup irpcServiceLookup(ObjectProvider<DiscoveryClient> discovery) {
		return new DiscoveryAddresses(discovery);
	}

}
