package io.irpc.benchmark.load;

import java.util.List;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * The server of this product.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(MoreFunctions.class)
class IrpcServerApplication {

	// the default one would hash the password, which takes 0.1 s at each login
	@Bean
	UserDetailsService users() {
		return (name) -> new User(name, "{noop}secret", List.of());
	}

	@Bean
	Functions functions() {
		return new Functions();
	}

	@Bean
	NonBlockingFunctions nonBlockingFunctions() {
		return new NonBlockingFunctions();
	}

	@IrpcEvent("tick")
	record Tick(int number) {

	}

	@IrpcService("")
	static class Functions {

		public boolean add(int number) {
			return number % 2 == 0;
		}

		public Order echo(Order order) {
			return order;
		}

	}

	@IrpcService("loop")
	static class NonBlockingFunctions {

		@IrpcFunction(nonBlocking = true)
		public boolean add(int number) {
			return number % 2 == 0;
		}

		@IrpcFunction(nonBlocking = true)
		public Order echo(Order order) {
			return order;
		}

	}

}
