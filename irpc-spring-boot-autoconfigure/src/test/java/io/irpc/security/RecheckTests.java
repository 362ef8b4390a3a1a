package io.irpc.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of rights that change while somebody is logged in.
 */
@ExtendWith(OutputCaptureExtension.class)
class RecheckTests {

	private static final String DENIED = ">1\tException\t\"The current user cannot execute this call!\"";

	private static final String ENDED = ">\tException\t\"The login is not valid any more\"";

	private final Users users = new Users();

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class)
		.withBean(Users.class, () -> this.users)
		.withPropertyValues("irpc.server.login.recheck-interval=20ms");

	@ParameterizedTest
	@EnumSource
	void theSessionsOfAUserEndWhoMayNotLogInAnyMore(Change change) {
		this.contextRunner.run((context) -> {
			try (RawClient alice = login(ServerRunner.connect(context), "alice");
					RawClient bob = login(ServerRunner.connect(context), "bob")) {
				assertThat(alice.ask("!monitor@m\tev:raised")).isEqualTo(">m\t\tnull");
				this.users.change("alice", change);
				assertThat(alice.read()).isEqualTo(ENDED);
				assertThat(alice.read()).isNull();
				assertThat(bob.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"bob\"");
			}
		});
	}

	@Test
	void anAuthorityThatIsRevokedOpensNothingAndOneThatIsGrantedDoes() {
		this.contextRunner.run((context) -> {
			try (RawClient alice = login(ServerRunner.connect(context), "alice")) {
				assertThat(alice.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"alice\"");
				this.users.put("alice", "ROLE_OTHER");
				awaitAnswer(alice, "!call@1\tfn:work", DENIED);
				assertThat(alice.ask("!call@1\tfn:whaticando")).contains("FACTOR_PASSWORD", "ROLE_OTHER");
				this.users.put("alice", "ROLE_WORKER");
				awaitAnswer(alice, "!call@1\tfn:work", ">1\t\t\"alice\"");
				this.users.put("alice");
				awaitAnswer(alice, "!call@1\tfn:work", DENIED);
			}
		});
	}

	@Test
	void aMonitorGetsNothingMoreWhenTheAuthorityIsRevoked() {
		this.contextRunner.run((context) -> {
			try (RawClient alice = login(ServerRunner.connect(context), "alice");
					RawClient bob = login(ServerRunner.connect(context), "bob")) {
				assertThat(alice.ask("!monitor@m\tev:raised")).isEqualTo(">m\t\tnull");
				assertThat(bob.ask("!monitor@m\tev:raised")).isEqualTo(">m\t\tnull");
				context.publishEvent(new Raised("one"));
				assertThat(alice.read()).isEqualTo(">m\tSignal\t{\"text\":\"one\"}");
				assertThat(bob.read()).isEqualTo(">m\tSignal\t{\"text\":\"one\"}");
				this.users.put("alice", "ROLE_OTHER");
				awaitAnswer(alice, "!call@1\tfn:work", DENIED);
				context.publishEvent(new Raised("two"));
				assertThat(bob.read()).isEqualTo(">m\tSignal\t{\"text\":\"two\"}");
				this.users.put("alice", "ROLE_WORKER");
				awaitAnswer(alice, "!call@1\tfn:work", ">1\t\t\"alice\"");
				assertThat(alice.ask("!monitor@n\tev:raised")).isEqualTo(">n\t\tnull");
				context.publishEvent(new Raised("three"));
				assertThat(alice.read()).isEqualTo(">n\tSignal\t{\"text\":\"three\"}");
			}
		});
	}

	@Test
	void aStoreThatFailsLeavesTheRightsAndIsLoggedOncePerRound(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			try (RawClient alice = login(ServerRunner.connect(context), "alice");
					RawClient bob = login(ServerRunner.connect(context), "bob")) {
				this.users.failure = new IllegalStateException("database is down");
				Awaitility.await().until(() -> output.getOut().contains("Cannot check the rights of 2 users"));
				assertThat(alice.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"alice\"");
				assertThat(bob.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"bob\"");
				this.users.failure = null;
				this.users.change("alice", Change.DELETED);
				assertThat(alice.read()).isEqualTo(ENDED);
			}
		});
	}

	@Test
	void anErrorOfTheStoreDoesNotEndTheChecks() {
		this.contextRunner.run((context) -> {
			try (RawClient alice = login(ServerRunner.connect(context), "alice")) {
				int before = this.users.lookups.get();
				this.users.failure = new AssertionError("broken");
				Awaitility.await().until(() -> this.users.lookups.get() > before + 2);
				this.users.failure = null;
				this.users.change("alice", Change.DELETED);
				assertThat(alice.read()).isEqualTo(ENDED);
			}
		});
	}

	@Test
	void aUserOfManySessionsIsLookedUpOncePerRound() {
		this.contextRunner.withPropertyValues("irpc.server.login.recheck-interval=1h").run((context) -> {
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				clients.add(login(ServerRunner.connect(context), "alice"));
			}
			clients.add(login(ServerRunner.connect(context), "bob"));
			this.users.lookups.set(0);
			context.getBean(LoginSessions.class).recheck();
			assertThat(this.users.lookups).hasValue(2);
			clients.forEach(RawClient::close);
		});
	}

	@Test
	void aSessionThatHasChangedHandsDuringTheLookupStays() {
		this.contextRunner.withPropertyValues("irpc.server.login.recheck-interval=1h").run((context) -> {
			try (RawClient client = login(ServerRunner.connect(context), "alice")) {
				this.users.change("alice", Change.DELETED);
				this.users.duringLookup = (name) -> {
					this.users.duringLookup = null;
					login(client, "bob");
				};
				context.getBean(LoginSessions.class).recheck();
				assertThat(client.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"bob\"");
				context.getBean(LoginSessions.class).recheck();
				assertThat(client.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"bob\"");
			}
		});
	}

	@Test
	void aUserOfAnotherStoreIsLeftAlone() {
		this.contextRunner
			.withBean(AuthenticationProvider.class,
					() -> provider((request) -> authenticated(
							User.withUsername("carol").password("").roles("WORKER").build(), "ROLE_WORKER")))
			.withPropertyValues("irpc.server.login.recheck-interval=1h")
			.run((context) -> {
				try (RawClient carol = login(ServerRunner.connect(context), "carol")) {
					context.getBean(LoginSessions.class).recheck();
					assertThat(carol.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"carol\"");
				}
			});
	}

	@Test
	void authoritiesThatTheApplicationMapsStayUntilTheSourceChanges() {
		this.contextRunner.withBean(AuthenticationProvider.class, () -> {
			DaoAuthenticationProvider provider = new DaoAuthenticationProvider(this.users);
			provider.setAuthoritiesMapper((authorities) -> Set.of(new SimpleGrantedAuthority("ROLE_WORKER")));
			return provider;
		}).withPropertyValues("irpc.server.login.recheck-interval=1h").run((context) -> {
			this.users.put("alice", "cn=workers");
			try (RawClient alice = login(ServerRunner.connect(context), "alice")) {
				context.getBean(LoginSessions.class).recheck();
				assertThat(alice.ask("!call@1\tfn:work")).isEqualTo(">1\t\t\"alice\"");
				this.users.put("alice", "cn=guests");
				context.getBean(LoginSessions.class).recheck();
				assertThat(alice.read()).isEqualTo(ENDED);
			}
		});
	}

	@Test
	void whoLogsInWhileTheStoreFailsIsCheckedLater() {
		this.contextRunner.withBean(AuthenticationProvider.class, () -> provider((request) -> {
			this.users.failure = new IllegalStateException("database is down");
			return authenticated(User.withUsername("alice").password("").roles("WORKER").build(), "ROLE_WORKER");
		})).withPropertyValues("irpc.server.login.recheck-interval=1h").run((context) -> {
			try (RawClient alice = login(ServerRunner.connect(context), "alice")) {
				this.users.failure = null;
				this.users.put("alice", "ROLE_OTHER");
				context.getBean(LoginSessions.class).recheck();
				assertThat(alice.ask("!call@1\tfn:work")).isEqualTo(DENIED);
			}
		});
	}

	private static AuthenticationProvider provider(UnaryOperator<Authentication> accept) {
		return new AuthenticationProvider() {

			@Override
			public Authentication authenticate(Authentication authentication) {
				return accept.apply(authentication);
			}

			@Override
			public boolean supports(Class<?> authentication) {
				return authentication == UsernamePasswordAuthenticationToken.class;
			}

		};
	}

	private static Authentication authenticated(UserDetails user, String authority) {
		return new TestingAuthenticationToken(user, "", authority);
	}

	private static RawClient login(RawClient client, String user) {
		assertThat(client.ask("!call@0\tfn:login\t=\"" + user + "\"\t=\"secret\"")).isEqualTo(">0\t\ttrue");
		return client;
	}

	private static void awaitAnswer(RawClient client, String command, String answer) {
		Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> answer.equals(client.ask(command)));
	}

	enum Change {

		DISABLED, LOCKED, EXPIRED, CREDENTIALS_EXPIRED, DELETED

	}

	static class Users implements UserDetailsService {

		final Map<String, UserDetails> known = new ConcurrentHashMap<>();

		final AtomicInteger lookups = new AtomicInteger();

		volatile @Nullable Throwable failure;

		volatile @Nullable Consumer<String> duringLookup;

		Users() {
			put("alice", "ROLE_WORKER");
			put("bob", "ROLE_WORKER");
		}

		void put(String name, String... authorities) {
			this.known.put(name, User.withUsername(name).password("{noop}secret").authorities(authorities).build());
		}

		void change(String name, Change change) {
			if (change == Change.DELETED) {
				this.known.remove(name);
				return;
			}
			this.known.put(name,
					User.withUsername(name)
						.password("{noop}secret")
						.authorities("ROLE_WORKER")
						.disabled(change == Change.DISABLED)
						.accountLocked(change == Change.LOCKED)
						.accountExpired(change == Change.EXPIRED)
						.credentialsExpired(change == Change.CREDENTIALS_EXPIRED)
						.build());
		}

		@Override
		public UserDetails loadUserByUsername(String name) {
			this.lookups.incrementAndGet();
			if (this.failure instanceof RuntimeException ex) {
				throw ex;
			}
			if (this.failure instanceof Error ex) {
				throw ex;
			}
			Consumer<String> task = this.duringLookup;
			if (task != null) {
				task.accept(name);
			}
			UserDetails user = this.known.get(name);
			if (user == null) {
				throw new UsernameNotFoundException("unknown");
			}
			// whoever checks the password erases it
			return User.withUserDetails(user).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc
				.authorize((rules) -> rules.functions("work").hasRole("WORKER").events("raised").hasRole("WORKER"))
				.build();
		}

		@Bean
		Functions functions(ApplicationEventPublisher publisher) {
			// makes the event known
			publisher.publishEvent(new Raised("start"));
			return new Functions();
		}

	}

	@IrpcService
	static class Functions {

		public String work(Authentication user) {
			return user.getName();
		}

	}

	@IrpcEvent("raised")
	record Raised(String text) {

	}

}
