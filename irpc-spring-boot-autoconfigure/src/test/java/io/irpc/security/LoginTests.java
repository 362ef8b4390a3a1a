package io.irpc.security;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoginFunctions}.
 */
class LoginTests {

	private static final String DENIED = "\"The current user cannot execute this call!\"";

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	@Test
	void nothingOfTheApplicationIsOpenToAnAnonymousSession() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:greet")).isEqualTo(">1\tException\t" + DENIED);
				assertThat(client.ask("!call@2\tfn:nosuch")).isEqualTo(">2\tException\t" + DENIED);
				assertThat(client.ask("!help@3\tfn:greet")).isEqualTo(">3\tException\t" + DENIED);
				assertThat(client.ask("!monitor@4\tev:nosuch")).isEqualTo(">4\tException\t" + DENIED);
				assertThat(client.ask("!call@5\tev:nosuch")).isEqualTo(">5\tException\t" + DENIED);
			}
		});
	}

	@Test
	void whatASessionNeedsToFindItsFeetIsOpen() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertThat(client.ask("!identify@2")).startsWith(">2\t\t{");
				assertThat(client.ask("!call@3\tfn:whoami")).isEqualTo(">3\t\tnull");
				assertThat(client.ask("!call@4\tfn:whaticando")).isEqualTo(">4\t\t[]");
				assertThat(client.ask("!call@5\tfn:getFunctionList")).isEqualTo(
						">5\t\t[\"getEventList\",\"getFunctionList\",\"login\",\"logout\",\"pair\",\"whaticando\",\"whoami\"]");
				assertThat(client.ask("!help@6\tfn:login")).startsWith(">6\t\t\"login(username, password, token)");
			}
		});
	}

	@Test
	void aRefusedCallHasACodeForThoseWhoAsk() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify@0\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@1\tfn:greet")).contains("\"code\":\"unauthenticated\"");
			}
		});
	}

	@Test
	void aUserWhoLogsInMayCall() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\tusername=\"user\"\tpassword=\"secret\""))
					.isEqualTo(">1\t\ttrue");
				assertThat(client.ask("!call@2\tfn:whoami")).isEqualTo(">2\t\t\"user\"");
				assertThat(client.ask("!call@3\tfn:greet")).isEqualTo(">3\t\t\"hello\"");
				assertThat(client.ask("!call@4\tfn:nosuch"))
					.isEqualTo(">4\tException\t\"nosuch is not a registered function!\"");
			}
		});
	}

	@Test
	void aWrongPasswordAndAnUnknownUserAreAnsweredAlike() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
				assertThat(client.ask("!call@1\tfn:login\t=\"nobody\"\t=\"secret\"")).isEqualTo(">1\t\tfalse");
				assertThat(client.ask("!call@1\tfn:whoami")).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void aFailedLoginLeavesTheSessionToItsUser() {
		this.contextRunner.run((context) -> {
			try (RawClient client = loggedIn(ServerRunner.connect(context))) {
				assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
				assertThat(client.ask("!call@2\tfn:whoami")).isEqualTo(">2\t\t\"user\"");
			}
		});
	}

	@Test
	void theThirdFailedLoginEndsTheSessionAndSaysWhy() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 0; i < 3; i++) {
					assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
				}
				assertThat(client.read()).isEqualTo(">\tException\t\"Too many failed logins (expected: < 3)\"");
				assertThat(client.read()).isNull();
			}
		});
	}

	@Test
	void commandsBehindALoginWaitForItsOutcome() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:login\t=\"user\"\t=\"secret\"\n!call@2\tfn:greet\n!call\tfn:greet");
				assertThat(client.read()).isEqualTo(">1\t\ttrue");
				assertThat(new String[] { client.read(), client.read() }).containsExactlyInAnyOrder(">2\t\t\"hello\"",
						">\t\t\"hello\"");
			}
		});
	}

	@Test
	void aSecondLoginWhileOneIsCheckedIsRefused() {
		CountDownLatch checked = new CountDownLatch(1);
		this.contextRunner.withBean(UserDetailsService.class, () -> (name) -> {
			await(checked);
			return User.withUsername(name).password("{noop}secret").build();
		}).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:login\t=\"user\"\t=\"secret\"");
				assertThat(client.ask("!call@2\tfn:login\t=\"user\"\t=\"secret\""))
					.isEqualTo(">2\tException\t\"A login of this session is still being checked\"");
				assertThat(client.ask("!ping@3")).isEqualTo(">3\t\tnull");
				checked.countDown();
				assertThat(client.read()).isEqualTo(">1\t\ttrue");
			}
		});
	}

	@Test
	void aLoginIsAnsweredWhileAllThreadsOfTheServerAreBusy() {
		this.contextRunner.withPropertyValues("irpc.server.threads.max=1", "irpc.server.threads.virtual=false")
			.run((context) -> {
				Functions functions = context.getBean(Functions.class);
				try (RawClient busy = loggedIn(ServerRunner.connect(context));
						RawClient client = ServerRunner.connect(context)) {
					busy.send("!call@1\tfn:block");
					functions.blocked.await();
					assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
					functions.release.countDown();
					assertThat(busy.read()).isEqualTo(">1\t\tnull");
				}
			});
	}

	@Test
	void logoutMakesTheSessionAnonymous() {
		this.contextRunner.run((context) -> {
			try (RawClient client = loggedIn(ServerRunner.connect(context))) {
				assertThat(client.ask("!call@1\tfn:logout")).isEqualTo(">1\t\ttrue");
				assertThat(client.ask("!call@2\tfn:whoami")).isEqualTo(">2\t\tnull");
				assertThat(client.ask("!call@3\tfn:greet")).isEqualTo(">3\tException\t" + DENIED);
			}
		});
	}

	@Test
	void aLogoutThatIsSentBehindALoginComesAfterIt() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:login\t=\"user\"\t=\"secret\"\n!call@2\tfn:logout\n!call@3\tfn:greet");
				assertThat(new String[] { client.read(), client.read(), client.read() })
					.containsExactlyInAnyOrder(">1\t\ttrue", ">2\t\ttrue", ">3\tException\t" + DENIED);
				assertThat(client.ask("!call@4\tfn:whoami")).isEqualTo(">4\t\tnull");
			}
		});
	}

	@Test
	void aLoginThatWaitsIsGivenUpWhenTheServerStops() {
		this.contextRunner.withPropertyValues("irpc.server.login.initial-delay=10m", "irpc.server.login.max-delay=10m")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
					client.send("!call@2\tfn:login\t=\"user\"\t=\"secret\"");
					assertThat(client.ask("!ping@3")).isEqualTo(">3\t\tnull");
					context.getSourceApplicationContext().close();
					assertThat(client.read()).isEqualTo(">2\tException\t\"Shutting down\"");
				}
			});
	}

	@Test
	void guessesThatAreSentAtOnceAreCheckedOneAfterTheOther() {
		this.contextRunner.withPropertyValues("irpc.server.login.initial-delay=10m", "irpc.server.login.max-delay=10m")
			.run((context) -> {
				AtomicInteger refused = new AtomicInteger();
				context.getSourceApplicationContext()
					.addApplicationListener((AbstractAuthenticationFailureEvent event) -> refused.incrementAndGet());
				List<RawClient> clients = new ArrayList<>();
				for (int i = 0; i < 8; i++) {
					clients.add(ServerRunner.connect(context));
				}
				clients.forEach((client) -> client.send("!call@1\tfn:login\t=\"user\"\t=\"wrong\""));
				clients.forEach((client) -> assertThat(client.ask("!ping@2")).isNotNull());
				Awaitility.await().until(() -> refused.get() == 1);
				try (RawClient other = ServerRunner.connect(context)) {
					assertThat(other.ask("!call@1\tfn:login\t=\"nobody\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
				}
				assertThat(refused).hasValue(2);
				clients.forEach(RawClient::close);
			});
	}

	@Test
	void halfCredentialsAreRefusedWithWhatIsExpected() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\tusername=\"user\""))
					.isEqualTo(">1\tException\t\"Expected either username and password, or token\"");
			}
		});
	}

	@Test
	void noErrorTellsThePasswordThatWasSent() {
		this.contextRunner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\tusername=\"user\"\tpassword=s3cr3t"))
					.startsWith(">1\tException\t")
					.contains("password")
					.doesNotContain("s3cr3t");
			}
		});
	}

	@Test
	void aStoreThatCannotBeReachedIsNoWrongPassword() {
		this.contextRunner.withBean(AuthenticationManager.class, () -> (authentication) -> {
			throw new InternalAuthenticationServiceException("database is down");
		}).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 0; i < 4; i++) {
					assertThat(client.ask("!call@1\tfn:login\t=\"user\"\t=\"secret\""))
						.isEqualTo(">1\tException\t\"Logins cannot be checked now\"");
				}
			}
		});
	}

	@Test
	void aUserChangesThePassword() {
		this.contextRunner.run((context) -> {
			try (RawClient client = loggedIn(ServerRunner.connect(context))) {
				assertThat(client.ask("!call@1\tfn:passwd\tnew=\"better\"\told=\"wrong\""))
					.isEqualTo(">1\tException\t\"The old password is wrong\"");
				assertThat(client.ask("!call@2\tfn:passwd\tnew=\"better\"\told=\"secret\"")).isEqualTo(">2\t\ttrue");
				assertThat(client.ask("!call@3\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">3\t\tfalse");
				assertThat(client.ask("!call@4\tfn:login\t=\"user\"\t=\"better\"")).isEqualTo(">4\t\ttrue");
				assertThat(context.getBean(InMemoryUserDetailsManager.class).loadUserByUsername("user").getPassword())
					.startsWith("{bcrypt}");
			}
		});
	}

	@Test
	void aStoreThatKeepsNoPasswordsSaysSo() {
		this.contextRunner
			.withBean(UserDetailsService.class,
					() -> (name) -> User.withUsername(name).password("{noop}secret").build())
			.run((context) -> {
				try (RawClient client = loggedIn(ServerRunner.connect(context))) {
					assertThat(client.ask("!call@1\tfn:passwd\tnew=\"better\"\told=\"secret\""))
						.isEqualTo(">1\tException\t\"Passwords cannot be changed here\"");
				}
			});
	}

	static RawClient loggedIn(RawClient client) {
		assertThat(client.ask("!call@0\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">0\t\ttrue");
		return client;
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Functions functions() {
			return new Functions();
		}

	}

	@IrpcService
	static class Functions {

		final CountDownLatch blocked = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		public String greet() {
			return "hello";
		}

		public void block() {
			this.blocked.countDown();
			await(this.release);
		}

	}

}
