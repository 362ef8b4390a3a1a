package io.irpc.security;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.annotation.IrpcService;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link MethodSecurity} on beans of all kinds.
 */
class MethodSecurityTests {

	private static final String DENIED = ">1\tException\t\"The current user cannot execute this call!\"";

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	@ParameterizedTest
	@ValueSource(classes = { PostAuthorized.class, PreFiltered.class, PostFiltered.class, PostAuthorizedClass.class })
	void anAnnotationThatNeedsMethodSecurityFailsTheStartWithoutIt(Class<?> service) {
		this.contextRunner.withUserConfiguration(service)
			.run((context) -> assertThat(Analyses.of(Objects.requireNonNull(context.getStartupFailure())))
				.satisfies((analysis) -> {
					assertThat(analysis.getDescription()).startsWith("The function items is annotated with @P")
						.endsWith("which nothing honours, as method security does not apply to its bean");
					assertThat(analysis.getAction()).contains("@EnableMethodSecurity");
				}));
	}

	@Test
	void anAnnotationThatNeedsMethodSecurityIsHonouredWithIt() {
		this.contextRunner.withUserConfiguration(Enabled.class, PostAuthorized.class).run((context) -> {
			try (RawClient viewer = login(context, "viewer"); RawClient operator = login(context, "operator")) {
				assertThat(viewer.ask("!call@1\tfn:items\t=[\"operator\"]")).isEqualTo(DENIED);
				assertThat(operator.ask("!call@1\tfn:items\t=[\"operator\"]")).isEqualTo(">1\t\t[\"operator\"]");
			}
		});
	}

	@Test
	void aBeanThatIsMadeLaterIsCheckedAtTheFirstCall() {
		this.contextRunner.withUserConfiguration(LazyConfiguration.class).run((context) -> {
			try (RawClient operator = login(context, "operator")) {
				for (int i = 0; i < 2; i++) {
					assertThat(operator.ask("!call@1\tfn:items\t=[\"operator\"]")).startsWith(">1\tException\t")
						.doesNotContain("operator");
				}
			}
		});
	}

	@Test
	void aRoleThatIncludesAnotherOpensRulesAndAnnotations() {
		this.contextRunner
			.withBean(RoleHierarchy.class, () -> RoleHierarchyImpl.fromHierarchy("ROLE_ADMIN > ROLE_OPERATOR"))
			.withUserConfiguration(HierarchyRules.class, Plain.class)
			.run((context) -> {
				try (RawClient admin = login(context, "admin"); RawClient viewer = login(context, "viewer")) {
					for (String function : List.of("plain.pre", "plain.secured", "plain.roles", "plain.open")) {
						assertThat(admin.ask("!call@1\tfn:" + function)).as(function).isEqualTo(">1\t\ttrue");
						assertThat(viewer.ask("!call@1\tfn:" + function)).as(function).isEqualTo(DENIED);
					}
				}
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { ByClass.class, ByClassOfParent.class, ByInterface.class, ByTwoProxies.class })
	void annotationsHoldWhereverTheyStandWithoutMethodSecurity(Class<?> configuration) {
		this.contextRunner.withUserConfiguration(configuration, Denials.class).run(MethodSecurityTests::assertGuarded);
	}

	@ParameterizedTest
	@ValueSource(classes = { ByClass.class, ByClassOfParent.class, ByInterface.class, ByTwoProxies.class })
	void annotationsHoldWhereverTheyStandWithMethodSecurity(Class<?> configuration) {
		this.contextRunner.withUserConfiguration(configuration, Denials.class, Enabled.class)
			.run(MethodSecurityTests::assertGuarded);
		this.contextRunner.withUserConfiguration(configuration, Denials.class, EnabledOnClasses.class)
			.run(MethodSecurityTests::assertGuarded);
	}

	@Test
	void aMethodMayOpenWhatItsClassCloses() {
		this.contextRunner.withUserConfiguration(ClosedClass.class).run((context) -> {
			try (RawClient viewer = login(context, "viewer")) {
				assertThat(viewer.ask("!call@1\tfn:opened")).isEqualTo(">1\t\ttrue");
				assertThat(viewer.ask("!call@1\tfn:closed")).isEqualTo(DENIED);
				assertThat(viewer.ask("!call@1\tfn:getFunctionList")).contains("opened").doesNotContain("closed");
			}
		});
	}

	@Test
	void anExpressionAboutTheServiceItselfIsDecidedAtTheCall() {
		this.contextRunner.withUserConfiguration(AboutItself.class).run((context) -> {
			try (RawClient viewer = login(context, "viewer"); RawClient operator = login(context, "operator")) {
				assertThat(operator.ask("!call@1\tfn:mine")).isEqualTo(">1\t\ttrue");
				assertThat(viewer.ask("!call@1\tfn:mine")).isEqualTo(DENIED);
				assertThat(viewer.ask("!call@1\tfn:getFunctionList")).startsWith(">1\t\t[");
			}
		});
	}

	@Test
	void otherAnnotationsHoldWithoutThoseOfJakarta() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("jakarta.annotation.security"))
			.withUserConfiguration(ByClass.class, Denials.class)
			.run(MethodSecurityTests::assertGuarded);
	}

	private static void assertGuarded(AssertableApplicationContext context) {
		try (RawClient viewer = login(context, "viewer"); RawClient operator = login(context, "operator")) {
			assertThat(operator.ask("!call@1\tfn:guarded")).isEqualTo(">1\t\ttrue");
			assertThat(context.getBean(Denials.class).events).isEmpty();
			assertThat(viewer.ask("!call@1\tfn:guarded")).isEqualTo(DENIED);
			assertThat(context.getBean(Denials.class).events).hasSize(1);
			assertThat(viewer.ask("!call@1\tfn:argument\t=\"other\"")).isEqualTo(DENIED);
			assertThat(context.getBean(Denials.class).events).hasSize(2);
			assertThat(viewer.ask("!call@1\tfn:argument\t=\"viewer\"")).isEqualTo(">1\t\ttrue");
			assertThat(context.getBean(Denials.class).events).hasSize(2);
		}
	}

	private static RawClient login(AssertableApplicationContext context, String user) {
		return AuthorizationTests.login(ServerRunner.connect(context), user);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name)
				.password("{noop}secret")
				.roles(name.toUpperCase(Locale.ROOT))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true)
	static class Enabled {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true, proxyTargetClass = true)
	static class EnabledOnClasses {

	}

	static class Denials {

		final List<AuthorizationDeniedEvent<?>> events = new CopyOnWriteArrayList<>();

		@EventListener
		void denied(AuthorizationDeniedEvent<?> event) {
			this.events.add(event);
		}

	}

	@IrpcService
	static class PostAuthorized {

		@PostAuthorize("returnObject.contains(authentication.name)")
		public List<String> items(List<String> names) {
			return names;
		}

	}

	@IrpcService
	static class PreFiltered {

		@PreFilter("filterObject == authentication.name")
		public List<String> items(List<String> names) {
			return names;
		}

	}

	@IrpcService
	static class PostFiltered {

		@PostFilter("filterObject == authentication.name")
		public List<String> items(List<String> names) {
			return names;
		}

	}

	@IrpcService
	@PostAuthorize("false")
	static class PostAuthorizedClass {

		public List<String> items(List<String> names) {
			return names;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConfiguration {

		@Bean
		@Lazy
		PostAuthorized lazyService() {
			return new PostAuthorized();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HierarchyRules {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc
				.authorize((rules) -> rules.functions("plain.open").hasRole("OPERATOR").anything().authenticated())
				.build();
		}

	}

	@IrpcService("plain")
	static class Plain {

		public boolean open() {
			return true;
		}

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

	}

	@IrpcService
	@PreAuthorize("hasRole('OPERATOR')")
	static class ByClass {

		public boolean guarded() {
			return true;
		}

		@PreAuthorize("#owner == authentication.name")
		public boolean argument(String owner) {
			return true;
		}

	}

	@IrpcService
	static class ByClassOfParent extends ByClass {

	}

	@IrpcService
	interface Guarded {

		@PreAuthorize("hasRole('OPERATOR')")
		boolean guarded();

		@PreAuthorize("#owner == authentication.name")
		boolean argument(String owner);

	}

	static class ByInterface implements Guarded {

		@Override
		public boolean guarded() {
			return true;
		}

		@Override
		public boolean argument(String owner) {
			return true;
		}

	}

	@IrpcService
	interface Unguarded {

		boolean guarded();

		boolean argument(String owner);

	}

	@Secured("ROLE_OPERATOR")
	static class ClassBehindInterface implements Unguarded {

		@Override
		public boolean guarded() {
			return true;
		}

		@Override
		@Secured({ "ROLE_OPERATOR", "ROLE_VIEWER" })
		@PreAuthorize("#owner == authentication.name")
		public boolean argument(String owner) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByTwoProxies {

		@Bean
		Unguarded service() {
			return proxy(proxy(new ClassBehindInterface()));
		}

		private static Unguarded proxy(Unguarded target) {
			ProxyFactory factory = new ProxyFactory();
			factory.setInterfaces(Unguarded.class);
			factory.setTarget(target);
			return (Unguarded) factory.getProxy();
		}

	}

	@IrpcService
	@DenyAll
	static class ClosedClass {

		@PermitAll
		public boolean opened() {
			return true;
		}

		public boolean closed() {
			return true;
		}

	}

	@IrpcService
	static class AboutItself {

		public String owner() {
			return "operator";
		}

		@PreAuthorize("this.owner() == authentication.name")
		public boolean mine() {
			return true;
		}

	}

}
