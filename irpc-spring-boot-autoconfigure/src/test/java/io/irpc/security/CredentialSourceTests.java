package io.irpc.security;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.service.AccessPolicy;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of where credentials come from, in applications of all kinds.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialSourceTests {

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	@Test
	void thePropertiesOfSpringSecurityNameTheUser() {
		this.contextRunner
			.withPropertyValues("spring.security.user.name=carol", "spring.security.user.roles=CHIEF,CLERK")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "carol", "secret")).isTrue();
					assertThat(client.ask("!call@1\tfn:whaticando")).contains("ROLE_CHIEF", "ROLE_CLERK");
				}
			});
	}

	@Test
	void aPasswordThatIsGeneratedIsLoggedOnceAndLogsIn(CapturedOutput output) {
		this.contextRunner.withPropertyValues("spring.security.user.name=dave", "spring.security.user.password=")
			.run((context) -> {
				Matcher logged = Pattern
					.compile("Generated password of the user 'dave' for logins over IRPC: ([-0-9a-f]{36})")
					.matcher(output);
				assertThat(logged.find()).isTrue();
				assertLogin(context, "dave", logged.group(1), "secret");
				assertThat(logged.find()).isFalse();
			});
	}

	@Test
	void aPasswordMayBeEncoded() {
		String encoded = Objects.requireNonNull(new BCryptPasswordEncoder(4).encode("better"));
		this.contextRunner.withPropertyValues("spring.security.user.password={bcrypt}" + encoded)
			.run((context) -> assertLogin(context, "user", "better", "secret"));
		this.contextRunner.withBean(PasswordEncoder.class, () -> new BCryptPasswordEncoder(4))
			.withPropertyValues("spring.security.user.password=" + encoded)
			.run((context) -> assertLogin(context, "user", "better", "secret"));
	}

	@Test
	void aUserDetailsServiceOfTheApplicationIsUsed() {
		this.contextRunner.withBean(UserDetailsService.class, () -> users("erin")).run((context) -> {
			assertThat(context).hasSingleBean(UserDetailsService.class);
			assertLogin(context, "erin", "secret", "wrong");
		});
	}

	@Test
	void anAuthenticationProviderOfTheApplicationIsUsedInsteadOfUsers() {
		this.contextRunner.withBean(AuthenticationProvider.class, () -> provider("frank"))
			.withBean(UserDetailsService.class, () -> users("erin"))
			.run((context) -> {
				assertLogin(context, "frank", "secret", "wrong");
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "erin", "secret")).isFalse();
				}
			});
	}

	@Test
	void anAuthenticationManagerOfTheApplicationIsUsedInsteadOfProviders() {
		this.contextRunner.withBean(AuthenticationManager.class, () -> manager("grace"))
			.withBean(AuthenticationProvider.class, () -> provider("frank"))
			.run((context) -> {
				assertLogin(context, "grace", "secret", "wrong");
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "frank", "secret")).isFalse();
				}
			});
	}

	@Test
	void oneOfSeveralAuthenticationManagersIsChosenByName() {
		this.contextRunner.withBean("other", AuthenticationManager.class, () -> manager("heidi"))
			.withBean("irpcAuthenticationManager", AuthenticationManager.class, () -> manager("grace"))
			.run((context) -> {
				assertLogin(context, "grace", "secret", "wrong");
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "heidi", "secret")).isFalse();
				}
			});
	}

	@Test
	void severalAuthenticationManagersWithoutAChoiceFailTheStart() {
		this.contextRunner.withBean("one", AuthenticationManager.class, () -> manager("heidi"))
			.withBean("two", AuthenticationManager.class, () -> manager("grace"))
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("AuthenticationManager", "one, two");
				assertThat(analysis.getAction()).contains("@Primary", "irpcAuthenticationManager");
			}));
	}

	@Test
	void severalStoresOfUsersWithoutAChoiceFailTheStart() {
		ApplicationContextRunner several = this.contextRunner
			.withBean("one", InMemoryUserDetailsManager.class, () -> users("erin"))
			.withBean("two", InMemoryUserDetailsManager.class, () -> users("ivan"));
		several.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
			.contains("UserDetailsService", "one, two"));
		several.withBean(AuthenticationManager.class, () -> manager("grace"))
			.run((context) -> assertLogin(context, "grace", "secret", "wrong"));
	}

	@Test
	void aManagerThatAuthenticatesNobodyLogsNobodyIn() {
		this.contextRunner.withBean(AuthenticationManager.class, () -> (request) -> request).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(login(client, "grace", "secret")).isFalse();
				assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void aReactiveManagerIsUsed() {
		this.contextRunner
			.withBean(ReactiveAuthenticationManager.class, () -> (request) -> "nobody".equals(request.getName())
					? Mono.empty() : Mono.fromCallable(() -> accept("judy", request)))
			.run((context) -> {
				assertLogin(context, "judy", "secret", "wrong");
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "nobody", "secret")).isFalse();
				}
			});
	}

	@Test
	void reactiveUsersAreUsed() {
		this.contextRunner
			.withBean(ReactiveUserDetailsService.class,
					() -> new MapReactiveUserDetailsService(
							User.withUsername("kim").password("{noop}secret").roles("USER").build()))
			.run((context) -> assertLogin(context, "kim", "secret", "wrong"));
	}

	@Test
	void aServletApplicationKeepsItsWebSecurityAndSharesItsUser() {
		ServerRunner.secure(new WebApplicationContextRunner())
			.withConfiguration(AutoConfigurations.of(ServletWebSecurityAutoConfiguration.class))
			.withUserConfiguration(Application.class, WebMvc.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(UserDetailsService.class);
				assertThat(context).hasBean("inMemoryUserDetailsManager");
				assertThat(context).doesNotHaveBean(AuthenticationManager.class);
				assertThat(context).doesNotHaveBean(AuthenticationProvider.class);
				assertThat(context.getBeanNamesForType(SecurityFilterChain.class))
					.containsExactly("defaultSecurityFilterChain");
				assertLogin(context, "user", "secret", "wrong");
			});
	}

	@Test
	void aReactiveApplicationKeepsItsWebSecurityAndSharesItsUser() {
		ServerRunner.secure(new ReactiveWebApplicationContextRunner())
			.withConfiguration(AutoConfigurations.of(ReactiveWebSecurityAutoConfiguration.class))
			.withUserConfiguration(Application.class, WebFlux.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(UserDetailsService.class);
				assertThat(context).hasSingleBean(ReactiveUserDetailsService.class);
				assertThat(context).doesNotHaveBean(ReactiveAuthenticationManager.class);
				assertThat(context.getBeansOfType(SecurityWebFilterChain.class)).hasSizeLessThanOrEqualTo(1);
				assertLogin(context, "user", "secret", "wrong");
			});
	}

	@Test
	void reactorNeedNotBeThere() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertLogin(context, "user", "secret", "wrong"));
	}

	@Test
	void withoutTheModuleOfSpringBootTheApplicationBringsItsUsers() {
		ServerRunner.of(Application.class)
			.withConfiguration(AutoConfigurations.of(IrpcSecurityAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(SecurityProperties.class))
			.withPropertyValues("irpc.server.login.refusal-time=1ms")
			.withBean(UserDetailsService.class, () -> users("erin"))
			.run((context) -> assertLogin(context, "erin", "secret", "wrong"));
	}

	@Test
	void withoutSpringSecurityThereIsNoAuthentication() {
		ServerRunner.of(Application.class)
			.withConfiguration(AutoConfigurations.of(IrpcSecurityAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> {
				assertThat(context.getBean(AccessPolicy.class)).isSameAs(AccessPolicy.OPEN);
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:greet")).isEqualTo(">1\t\t\"hello\"");
					assertThat(client.ask("!call@1\tfn:login\t=\"a\"\t=\"b\""))
						.isEqualTo(">1\tException\t\"login is not a registered function!\"");
				}
			});
	}

	@Test
	void aNewPasswordThatTheEncoderDoesNotTakeIsSaid() {
		this.contextRunner.run((context) -> {
			try (RawClient client = LoginTests.loggedIn(ServerRunner.connect(context))) {
				assertThat(client.ask("!call@1\tfn:passwd\tnew=\"" + "x".repeat(100) + "\"\told=\"secret\""))
					.startsWith(">1\tException\t\"Argument new is not accepted as a password: ");
				assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
			}
		});
	}

	private static void assertLogin(ApplicationContext context, String user, String password, String wrong) {
		try (RawClient client = ServerRunner.connect(context)) {
			assertThat(login(client, user, wrong)).isFalse();
			assertThat(login(client, user, password)).isTrue();
			assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\t\"" + user + "\"");
			assertThat(client.ask("!call@1\tfn:greet")).isEqualTo(">1\t\t\"hello\"");
		}
	}

	private static boolean login(RawClient client, String user, String password) {
		@Nullable String answer = client.ask("!call@0\tfn:login\t=\"" + user + "\"\t=\"" + password + "\"");
		assertThat(answer).isIn(">0\t\ttrue", ">0\t\tfalse");
		return ">0\t\ttrue".equals(answer);
	}

	private static InMemoryUserDetailsManager users(String name) {
		return new InMemoryUserDetailsManager(User.withUsername(name).password("{noop}secret").roles("USER").build());
	}

	private static AuthenticationManager manager(String name) {
		return (request) -> accept(name, request);
	}

	private static AuthenticationProvider provider(String name) {
		return new AuthenticationProvider() {

			@Override
			public Authentication authenticate(Authentication request) {
				return accept(name, request);
			}

			@Override
			public boolean supports(Class<?> authentication) {
				return authentication == UsernamePasswordAuthenticationToken.class;
			}

		};
	}

	private static Authentication accept(String name, Authentication request) {
		if (!name.equals(request.getName()) || !"secret".equals(request.getCredentials())) {
			throw new BadCredentialsException("wrong");
		}
		return new TestingAuthenticationToken(name, "", "ROLE_USER");
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Functions.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class WebMvc {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFlux
	static class WebFlux {

	}

	@IrpcService
	static class Functions {

		public String greet() {
			return "hello";
		}

	}

}
