package io.irpc.security;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcService;
import io.irpc.protocol.IrpcException;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of logins that take their time.
 */
class LoginLoadTests {

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class)
		.withPropertyValues("irpc.server.login.threads=1", "irpc.server.login.max-waiting=1");

	@Test
	void tooManyLoginsAreRefusedAndCallsOfOthersGoOn() {
		this.contextRunner.run((context) -> {
			SlowUsers users = context.getBean(SlowUsers.class);
			try (RawClient working = login(ServerRunner.connect(context), "fast");
					RawClient first = ServerRunner.connect(context);
					RawClient second = ServerRunner.connect(context);
					RawClient third = ServerRunner.connect(context)) {
				working.read();
				first.send("!call@1\tfn:login\t=\"slow\"\t=\"secret\"");
				assertThat(users.entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
				second.send("!call@1\tfn:login\t=\"slow2\"\t=\"secret\"");
				// answered when the login before it on the same session has been taken
				assertThat(second.ask("!ping@2")).isEqualTo(">2\t\tnull");
				assertThat(third.ask("!call@1\tfn:login\t=\"slow3\"\t=\"secret\""))
					.isEqualTo(">1\tException\t\"Too many logins wait (expected: <= 1)\"");
				assertThat(working.ask("!call@1\tfn:greet")).isEqualTo(">1\t\t\"hello\"");
				users.release.countDown();
				assertThat(first.read()).isEqualTo(">1\t\ttrue");
				assertThat(second.read()).isEqualTo(">1\t\ttrue");
				assertThat(third.ask("!call@1\tfn:login\t=\"slow3\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
			}
		});
	}

	@Test
	void rightsEndWhileAllThreadsForLoginsAreBusy() {
		this.contextRunner.withPropertyValues("irpc.server.login.recheck-interval=10ms").run((context) -> {
			SlowUsers users = context.getBean(SlowUsers.class);
			try (RawClient working = login(ServerRunner.connect(context), "fast");
					RawClient busy = ServerRunner.connect(context)) {
				working.read();
				busy.send("!call@1\tfn:login\t=\"slow\"\t=\"secret\"");
				assertThat(users.entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
				users.disabled = true;
				assertThat(working.read()).isEqualTo(">\tException\t\"The login is not valid any more\"");
				users.release.countDown();
			}
		});
	}

	@Test
	void aLoginThatHasToWaitIsNotRefusedWhenItsTimeComes() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger run = new AtomicInteger();
		try (LoginPool pool = new LoginPool(1, 1)) {
			pool.check(() -> await(release), Duration.ZERO);
			for (int i = 0; i < 5; i++) {
				pool.check(run::incrementAndGet, Duration.ofMillis(1));
			}
			Awaitility.await()
				.untilAsserted(() -> assertThatExceptionOfType(IrpcException.class).isThrownBy(() -> pool.check(() -> {
				}, Duration.ZERO)));
			release.countDown();
			Awaitility.await().untilAsserted(() -> assertThat(run).hasValue(5));
		}
	}

	@Test
	void aLoginThatIsDelayedHoldsTheSessionAndSucceeds() {
		this.contextRunner
			.withPropertyValues("irpc.server.login.initial-delay=300ms", "irpc.server.login.max-delay=300ms")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:login\t=\"fast\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
					client.send("!call@1\tfn:login\t=\"fast\"\t=\"secret\"\n!call@2\tfn:greet\n!ping@3");
					assertThat(client.read()).isEqualTo(">3\t\tnull");
					assertThat(new String[] { client.read(), client.read() }).containsExactlyInAnyOrder(">1\t\ttrue",
							">2\t\t\"hello\"");
				}
			});
	}

	@Test
	void theLoginOfAPeerThatHasGoneCostsNothing() {
		this.contextRunner.withPropertyValues("irpc.server.login.max-waiting=10").run((context) -> {
			SlowUsers users = context.getBean(SlowUsers.class);
			try (RawClient busy = ServerRunner.connect(context)) {
				busy.send("!call@1\tfn:login\t=\"slow\"\t=\"secret\"");
				assertThat(users.entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
				try (RawClient gone = ServerRunner.connect(context)) {
					gone.send("!call@1\tfn:login\t=\"gone\"\t=\"secret\"");
					assertThat(gone.ask("!ping@2")).isEqualTo(">2\t\tnull");
					// without it, the peer may still read
					gone.socket().setSoLinger(true, 0);
				}
				LoginSessions sessions = context.getBean(LoginSessions.class);
				Awaitility.await().untilAsserted(() -> assertThat(sessions.count()).isOne());
				users.release.countDown();
				assertThat(busy.read()).isEqualTo(">1\t\ttrue");
				assertThat(busy.ask("!call@1\tfn:login\t=\"fast\"\t=\"secret\"")).isEqualTo(">1\t\ttrue");
				assertThat(users.gone).isFalse();
			}
		});
	}

	private static RawClient login(RawClient client, String user) {
		return client.send("!call@0\tfn:login\t=\"" + user + "\"\t=\"secret\"");
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
		SlowUsers users() {
			return new SlowUsers();
		}

		@Bean
		Functions functions() {
			return new Functions();
		}

	}

	@IrpcService
	static class Functions {

		public String greet() {
			return "hello";
		}

	}

	static class SlowUsers implements UserDetailsService {

		final Semaphore entered = new Semaphore(0);

		final CountDownLatch release = new CountDownLatch(1);

		volatile boolean disabled;

		volatile boolean gone;

		@Override
		public UserDetails loadUserByUsername(String name) {
			if (name.startsWith("slow")) {
				this.entered.release();
				await(this.release);
			}
			this.gone |= name.equals("gone");
			return User.withUsername(name).password("{noop}secret").disabled(this.disabled).build();
		}

	}

}
