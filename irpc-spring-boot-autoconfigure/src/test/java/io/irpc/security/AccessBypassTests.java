package io.irpc.security;

import java.util.List;

import io.irpc.annotation.IrpcService;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that parameters which a command does not know do not change what it is judged by.
 */
class AccessBypassTests {

	private static final String DENIED = ">1\tException\t\"The current user cannot execute this call!\"";

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	@Test
	void anOpenFunctionDoesNotOpenAMonitor() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (String command : List.of("!monitor@1\tfn:login\tev:nosuch", "!monitor@1\tev:nosuch\tfn:login",
						"!callback@1\tadd:a\tfn:login\tev:nosuch", "!monitor@1\tfn:login")) {
					assertThat(client.ask(command)).as(command).isEqualTo(DENIED);
				}
			}
		});
	}

	@Test
	void anOpenFunctionDoesNotOpenACommandOfTheApplication() {
		this.contextRunner.run((context) -> {
			try (RawClient client = LoginTests.loggedIn(ServerRunner.connect(context))) {
				assertThat(client.ask("!reboot@1")).isEqualTo(DENIED);
				assertThat(client.ask("!reboot@1\tfn:login")).isEqualTo(DENIED);
				assertThat(client.ask("!reboot@1\tev:open")).isEqualTo(DENIED);
			}
		});
	}

	@Test
	void aCallThatNamesAnEventAsWellDoesNeither() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:whoami\tev:open"))
					.isEqualTo(">1\tException\t\"Command call needs either fn:NAME or ev:NAME\"");
				assertThat(client.ask("!call@1")).isEqualTo(DENIED);
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Functions.class, Reboot.class })
	static class Application {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc.authorize(
					(rules) -> rules.commands("reboot").denyAll().events("open").permitAll().anything().authenticated())
				.build();
		}

	}

	@IrpcService
	static class Functions {

		public String greet() {
			return "hello";
		}

	}

	static class Reboot implements CommandHandler {

		@Override
		public String command() {
			return "reboot";
		}

		@Override
		public Object handle(Invocation invocation) {
			return "rebooted";
		}

	}

}
