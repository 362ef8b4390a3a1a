package io.irpc.security;

import java.util.List;
import java.util.Objects;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.server.Exposure;
import io.irpc.server.ExposureTable;
import io.irpc.service.Access;
import io.irpc.service.AccessRule;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests of rules and of security annotations.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthorizationTests {

	private static final String DENIED = "\"The current user cannot execute this call!\"";

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class, Rules.class);

	@Test
	void theFirstRuleThatMatchesDecides() {
		this.contextRunner.run((context) -> {
			try (RawClient viewer = login(ServerRunner.connect(context), "viewer");
					RawClient operator = login(ServerRunner.connect(context), "operator")) {
				assertThat(viewer.ask("!call@1\tfn:settings.get")).isEqualTo(">1\t\t7");
				assertThat(viewer.ask("!call@2\tfn:settings.set\t=8")).isEqualTo(">2\tException\t" + DENIED);
				assertThat(operator.ask("!call@3\tfn:settings.set\t=8")).isEqualTo(">3\t\t8");
			}
		});
	}

	@Test
	void whatARulePermitsToAllNeedsNoLogin() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:settings.version")).isEqualTo(">1\t\t\"1\"");
				assertThat(client.ask("!help@2\tfn:settings.version")).isEqualTo(">2\t\t\"settings.version()\"");
			}
		});
	}

	@Test
	void whatNoRuleOpensIsAnsweredAlikeWhetherItExistsOrNot() {
		this.contextRunner.run((context) -> {
			try (RawClient viewer = login(ServerRunner.connect(context), "viewer")) {
				for (String command : List.of("!call@1\tfn:settings.set", "!call@1\tfn:settings.nosuch",
						"!help@1\tfn:settings.set", "!call@1\tfn:nosuch", "!monitor@1\tev:secretRaised",
						"!monitor@1\tev:nosuch", "!call@1\tev:secretRaised", "!nosuch@1")) {
					assertThat(viewer.ask(command)).as(command).isEqualTo(">1\tException\t" + DENIED);
				}
			}
		});
	}

	@Test
	void listsShowOnlyWhatTheUserMayUse() {
		this.contextRunner.run((context) -> {
			try (RawClient viewer = login(ServerRunner.connect(context), "viewer");
					RawClient operator = login(ServerRunner.connect(context), "operator")) {
				assertThat(viewer.ask("!call@1\tfn:getFunctionList")).contains("settings.get", "settings.version")
					.doesNotContain("settings.set", "guarded.pre", "guarded.secured", "guarded.roles");
				assertThat(operator.ask("!call@1\tfn:getFunctionList")).contains("settings.set", "guarded.pre",
						"guarded.secured", "guarded.roles", "guarded.argument");
				assertThat(viewer.ask("!call@2\tfn:getEventList")).isEqualTo(">2\t\t[\"openRaised\"]");
				assertThat(operator.ask("!call@2\tfn:getEventList"))
					.isEqualTo(">2\t\t[\"openRaised\",\"secretRaised\"]");
			}
		});
	}

	@Test
	void securityAnnotationsHoldWithoutEnablingMethodSecurity() {
		this.contextRunner.run((context) -> {
			try (RawClient viewer = login(ServerRunner.connect(context), "viewer");
					RawClient operator = login(ServerRunner.connect(context), "operator")) {
				for (String function : List.of("guarded.pre", "guarded.secured", "guarded.roles")) {
					assertThat(viewer.ask("!call@1\tfn:" + function)).isEqualTo(">1\tException\t" + DENIED);
					assertThat(operator.ask("!call@1\tfn:" + function)).isEqualTo(">1\t\ttrue");
				}
			}
		});
	}

	@Test
	void anExpressionMayBeAboutTheArguments() {
		this.contextRunner.run((context) -> {
			try (RawClient viewer = login(ServerRunner.connect(context), "viewer")) {
				assertThat(viewer.ask("!call@1\tfn:guarded.argument\towner=\"viewer\"")).isEqualTo(">1\t\ttrue");
				assertThat(viewer.ask("!call@1\tfn:guarded.argument\towner=\"other\""))
					.isEqualTo(">1\tException\t" + DENIED);
			}
		});
	}

	@Test
	void anAuthorizationManagerMayDecide() {
		this.contextRunner.run((context) -> {
			try (RawClient viewer = login(ServerRunner.connect(context), "viewer")) {
				assertThat(viewer.ask("!call@1\tfn:managed.even")).isEqualTo(">1\t\ttrue");
				assertThat(viewer.ask("!call@1\tfn:managed.odd")).isEqualTo(">1\tException\t" + DENIED);
			}
		});
	}

	@Test
	void firingsAreHeldBackFromAUserWhoLogsOut() {
		this.contextRunner.run((context) -> {
			ApplicationEventPublisher publisher = context;
			try (RawClient operator = login(ServerRunner.connect(context), "operator")) {
				assertThat(operator.ask("!monitor@m\tev:secretRaised")).isEqualTo(">m\t\tnull");
				publisher.publishEvent(new SecretRaised("one"));
				assertThat(operator.read()).isEqualTo(">m\tSignal\t{\"text\":\"one\"}");
				operator.ask("!call@1\tfn:logout");
				publisher.publishEvent(new SecretRaised("two"));
				login(operator, "operator");
				assertThat(operator.ask("!monitor@n\tev:secretRaised")).isEqualTo(">n\t\tnull");
				publisher.publishEvent(new SecretRaised("three"));
				assertThat(operator.read()).isEqualTo(">n\tSignal\t{\"text\":\"three\"}");
			}
		});
	}

	@Test
	void aFunctionWithoutARuleFailsTheStartByName() {
		ServerRunner.secured(Application.class, HalfRules.class)
			.run((context) -> assertThat(Analyses.of(Objects.requireNonNull(context.getStartupFailure())))
				.satisfies((analysis) -> {
					assertThat(analysis.getDescription())
						.isEqualTo("No rule of this application says who may use the function guarded.argument");
					assertThat(analysis.getAction()).contains("rules.functions(\"guarded.argument\").authenticated()");
				}));
	}

	@Test
	void theStartTellsWhoReachesWhat(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(output.toString()).containsPattern("Exposed over 127\\.0\\.0\\.1:\\d+.*:\\R")
				.containsPattern("  function settings.set +role OPERATOR \\(functions settings.set\\)")
				.containsPattern("  function guarded.pre +authenticated users \\(functions .* and @PreAuthorize\\)")
				.containsPattern("  function login +everybody \\(built in\\)")
				.containsPattern("  event    secretRaised +authority ROLE_OPERATOR \\(events secretRaised\\)");
			assertThat(context.getBean(ExposureTable.class).rows()).extracting(Exposure::access, Exposure::rule)
				.contains(tuple(new Access(Access.Kind.EVENT, "openRaised"),
						new AccessRule("authenticated users", "events openRaised")));
		});
	}

	static RawClient login(RawClient client, String user) {
		assertThat(client.ask("!call@0\tfn:login\t=\"" + user + "\"\t=\"secret\"")).isEqualTo(">0\t\ttrue");
		return client;
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Settings.class, Guarded.class, Managed.class, KnownEvents.class })
	static class Application {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("viewer").password("{noop}secret").roles("VIEWER").build(),
					User.withUsername("operator").password("{noop}secret").roles("OPERATOR").build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Rules {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc
				.authorize((rules) -> rules.functions("settings.version")
					.permitAll()
					.functions("settings.set")
					.hasRole("OPERATOR")
					.functions("settings.get", "guarded.*")
					.authenticated()
					.functions("managed.*")
					.access((authentication,
							request) -> new AuthorizationDecision(request.access().name().endsWith("even")))
					.events("secretRaised")
					.hasAuthority("ROLE_OPERATOR")
					.events("openRaised")
					.authenticated())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HalfRules {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc.authorize((rules) -> rules.functions("settings.*").authenticated()).build();
		}

	}

	static class KnownEvents {

		KnownEvents(ApplicationEventPublisher publisher) {
			publisher.publishEvent(new OpenRaised("start"));
			publisher.publishEvent(new SecretRaised("start"));
		}

	}

	@IrpcEvent("openRaised")
	record OpenRaised(String text) {

	}

	@IrpcEvent("secretRaised")
	record SecretRaised(String text) {

	}

	@IrpcService("settings")
	static class Settings {

		public int get() {
			return 7;
		}

		public int set(int value) {
			return value;
		}

		public String version() {
			return "1";
		}

	}

	@IrpcService("managed")
	static class Managed {

		public boolean even() {
			return true;
		}

		public boolean odd() {
			return true;
		}

	}

	@IrpcService("guarded")
	static class Guarded {

		@PreAuthorize("hasRole('OPERATOR')")
		public boolean pre() {
			return true;
		}

		@Secured("ROLE_OPERATOR")
		public boolean secured() {
			return true;
		}

		@RolesAllowed("OPERATOR")
		public boolean roles() {
			return true;
		}

		@PreAuthorize("#owner == authentication.name")
		public boolean argument(String owner) {
			return true;
		}

	}

}
