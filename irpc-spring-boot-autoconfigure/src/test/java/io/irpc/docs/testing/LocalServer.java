package io.irpc.docs.testing;

import io.netty.channel.local.LocalAddress;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets the server listen on no port.
 */
@Configuration(proxyBeanMethods = false)
class LocalServer {

	// tag::address[]
	@Bean
	LocalAddress address() {
		return new LocalAddress("warehouse");
	}
	// end::address[]

}
