package io.irpc.security;

import java.util.List;
import java.util.Locale;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests that Spring Boot's auditing sees logins and refusals, each of them once.
 */
class SecurityEventsTests {

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class)
		.withConfiguration(AutoConfigurations.of(AuditAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(classes = { Object.class, Publishing.class, Silent.class, WithoutProviders.class })
	void loginsAreAuditedOnceWhoeverChecksThem(Class<?> configuration) {
		this.contextRunner.withUserConfiguration(configuration).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\t=\"viewer\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
				assertThat(client.ask("!call@2\tfn:login\t=\"viewer\"\t=\"wrong\"")).isEqualTo(">2\t\tfalse");
				assertThat(client.ask("!call@3\tfn:login\t=\"viewer\"\t=\"secret\"")).isEqualTo(">3\t\ttrue");
			}
			assertThat(events(context)).extracting(AuditEvent::getType, AuditEvent::getPrincipal)
				.containsExactly(tuple("AUTHENTICATION_SUCCESS", "viewer"), tuple("AUTHENTICATION_FAILURE", "viewer"),
						tuple("AUTHENTICATION_SUCCESS", "viewer"));
			assertThat(events(context).get(0).getData().get("details")).isInstanceOfSatisfying(LoginDetails.class,
					(details) -> assertThat(details.remoteAddress()).startsWith("/127.0.0.1:"));
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { Object.class, Enabled.class })
	void refusalsAreAuditedOnce(Class<?> configuration) {
		this.contextRunner.withUserConfiguration(configuration).run((context) -> {
			try (RawClient client = AuthorizationTests.login(ServerRunner.connect(context), "viewer")) {
				for (String command : List.of("!call@1\tfn:closed", "!call@1\tfn:nosuch", "!call@1\tfn:annotated",
						"!call@1\tfn:argument\t=\"x\"", "!monitor@1\tev:nosuch")) {
					int before = events(context).size();
					assertThat(client.ask(command)).as(command).startsWith(">1\tException\t");
					assertThat(events(context).subList(before, events(context).size())).as(command)
						.extracting(AuditEvent::getType, AuditEvent::getPrincipal)
						.containsExactly(tuple("AUTHORIZATION_FAILURE", "viewer"));
				}
				int before = events(context).size();
				assertThat(client.ask("!call@1\tfn:open")).isEqualTo(">1\t\ttrue");
				client.ask("!call@1\tfn:getFunctionList");
				assertThat(events(context)).hasSize(before);
			}
		});
	}

	@Test
	void aStrangerIsAuditedAsAnonymous() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@1\tfn:open");
			}
			assertThat(events(context)).extracting(AuditEvent::getType, AuditEvent::getPrincipal)
				.containsExactly(tuple("AUTHORIZATION_FAILURE", "anonymousUser"));
		});
	}

	private static List<AuditEvent> events(AssertableApplicationContext context) {
		return context.getBean(AuditEventRepository.class).find(null, null, null);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Functions.class)
	static class Application {

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name)
				.password("{noop}secret")
				.roles(name.toUpperCase(Locale.ROOT))
				.build();
		}

		@Bean
		InMemoryAuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc
				.authorize((rules) -> rules.functions("closed")
					.denyAll()
					.functions("open", "annotated", "argument")
					.authenticated())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class Enabled {

	}

	@Configuration(proxyBeanMethods = false)
	static class Publishing {

		@Bean
		AuthenticationManager manager(UserDetailsService users, AuthenticationEventPublisher events) {
			ProviderManager manager = new ProviderManager(new DaoAuthenticationProvider(users));
			manager.setAuthenticationEventPublisher(events);
			return manager;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Silent {

		@Bean
		AuthenticationManager manager(UserDetailsService users) {
			return new ProviderManager(new DaoAuthenticationProvider(users));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutProviders {

		@Bean
		AuthenticationManager manager() {
			return (request) -> {
				if ("secret".equals(request.getCredentials())) {
					TestingAuthenticationToken result = new TestingAuthenticationToken(request.getName(), "", "ROLE_X");
					result.setDetails(request.getDetails());
					return result;
				}
				throw new BadCredentialsException("wrong");
			};
		}

	}

	@IrpcService
	static class Functions {

		public boolean open() {
			return true;
		}

		public boolean closed() {
			return true;
		}

		@PreAuthorize("hasRole('OPERATOR')")
		public boolean annotated() {
			return true;
		}

		@PreAuthorize("#owner == authentication.name")
		public boolean argument(String owner) {
			return true;
		}

	}

}
