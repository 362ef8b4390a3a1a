package io.irpc.benchmark.startup;

import io.irpc.annotation.IrpcService;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with one function.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MinimalApplication {

	@Bean
	Functions functions() {
		return new Functions();
	}

	@IrpcService("")
	static class Functions {

		public boolean add(int number) {
			return number % 2 == 0;
		}

	}

}
