package io.irpc.actuate;

import io.irpc.annotation.IrpcService;
import io.irpc.docs.operations.ManagementSecurity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the endpoint behind the rules of the application.
 */
@Timeout(60)
class IrpcEndpointSecurityTests {

	@Test
	void whoIsOnCallReadsAndOperatorsChange() {
		EndpointRunner.securedWeb(Service.class, ManagementSecurity.class, Users.class)
			.withConfiguration(AutoConfigurations.of(ServletWebSecurityAutoConfiguration.class,
					SecurityFilterAutoConfiguration.class))
			.withPropertyValues("management.endpoint.irpc.access=UNRESTRICTED")
			.run((context) -> {
				EndpointHttp http = EndpointHttp.of(context);
				assertThat(http.get("/sessions").status()).isEqualTo(401);
				assertThat(http.as("jane").get("/sessions").status()).isEqualTo(200);
				assertThat(http.as("jane").post("/drain").status()).isEqualTo(403);
				assertThat(http.as("jane").delete("/sessions/0?reason=a").status()).isEqualTo(403);
				assertThat(http.as("otto").delete("/sessions/0?reason=a").status()).isEqualTo(404);
				assertThat(http.as("otto").get("/sessions").status()).isEqualTo(200);
			});
	}

	@IrpcService
	static class Service {

		public int half(int number) {
			return number / 2;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("jane").password("{noop}" + EndpointHttp.PASSWORD).roles("ON_CALL").build(),
					User.withUsername("otto").password("{noop}" + EndpointHttp.PASSWORD).roles("OPERATOR").build());
		}

	}

}
