package io.irpc.security;

import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.server.Exposure;
import io.irpc.server.ExposureTable;
import io.irpc.service.Access;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An alias obeys the rules about the current name of its function, and none of its own.
 */
class AliasAccessTests {

	private static final String DENIED = ">1\tException\t\"The current user cannot execute this call!\"";

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	@ParameterizedTest
	@ValueSource(strings = { "orders.delete", "orders.remove", "open.delete", "open.remove", "orders.login" })
	void aRuleThatOpensTheAliasDoesNotOpenTheFunction(String name) {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:" + name)).isEqualTo(DENIED);
				assertThat(client.ask("!help@1\tfn:" + name)).isEqualTo(DENIED);
			}
			try (RawClient client = LoginTests.loggedIn(ServerRunner.connect(context))) {
				assertThat(client.ask("!call@1\tfn:" + name)).isEqualTo(DENIED);
			}
		});
	}

	@Test
	void aRuleThatClosesTheAliasDoesNotCloseTheFunction() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:open.hello")).isEqualTo(">1\t\t\"hello\"");
				assertThat(client.ask("!call@1\tfn:orders.hello")).isEqualTo(">1\t\t\"hello\"");
			}
		});
	}

	@Test
	void annotationsHoldForAliases() {
		this.contextRunner.run((context) -> {
			try (RawClient client = LoginTests.loggedIn(ServerRunner.connect(context))) {
				for (String name : List.of("open.guarded", "open.unguarded")) {
					assertThat(client.ask("!call@1\tfn:" + name)).isEqualTo(DENIED);
				}
			}
		});
	}

	@Test
	void theTableShowsCurrentNamesOnly() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(ExposureTable.class).rows()).extracting(Exposure::access)
				.extracting(Access::name)
				.contains("orders.delete", "open.hello", "open.guarded")
				.doesNotContain("orders.remove", "open.delete", "orders.hello", "open.unguarded"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Orders.class, Open.class })
	static class Application {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc
				.authorize((rules) -> rules.functions("orders.remove", "orders.login", "open.*")
					.permitAll()
					.functions("orders.*")
					.denyAll())
				.build();
		}

	}

	@IrpcService(value = "orders", aliases = "open")
	static class Orders {

		@IrpcFunction(aliases = { "remove", "login" })
		public String delete() {
			return "deleted";
		}

	}

	@IrpcService(value = "open", aliases = "orders")
	static class Open {

		public String hello() {
			return "hello";
		}

		@IrpcFunction(aliases = "unguarded")
		@PreAuthorize("hasRole('NOBODY')")
		public String guarded() {
			return "guarded";
		}

	}

}
