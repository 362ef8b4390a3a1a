package io.irpc.security;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.session.Invocation;
import io.irpc.session.InvocationInterceptor;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with many calls of two users that no call sees the identity of the other.
 */
class IdentityTests {

	private static final int CALLS = 100_000;

	private static final int CONNECTIONS = 20;

	private static final int BATCH = 50;

	private static final List<String> USERS = List.of("alice", "bob");

	private static final List<String> FUNCTIONS = List.of("sync", "stage", "mono", "nonBlocking", "nonBlockingMono");

	private static final String DENIED = "\"The current user cannot execute this call!\"";

	@Test
	void noCallEverSeesTheIdentityOfTheOtherUser() {
		long seed = System.nanoTime();
		System.out.println("IdentityTests: seed " + seed);
		ServerRunner.secured(Application.class)
			.withPropertyValues("irpc.server.limits.max-anonymous-sessions-per-address=" + CONNECTIONS)
			.run((context) -> {
				Probe probe = context.getBean(Probe.class);
				ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
				try {
					List<Callable<Integer>> tasks = new ArrayList<>();
					for (int i = 0; i < CONNECTIONS; i++) {
						Random random = new Random(seed + i);
						boolean switching = i % 4 == 0;
						String user = USERS.get(i % 2);
						tasks.add(() -> switching ? switchUsers(context, random) : stay(context, user, random));
					}
					int calls = 0;
					for (Future<Integer> task : clients.invokeAll(tasks)) {
						calls += task.get();
					}
					assertThat(calls).isGreaterThanOrEqualTo(CALLS);
				}
				finally {
					clients.shutdownNow();
				}
				assertThat(probe.leftBehind).hasValue(0);
				assertThat(probe.seen.get()).isGreaterThanOrEqualTo(CALLS);
			});
	}

	private static int stay(ApplicationContext context, String user, Random random) {
		try (RawClient client = ServerRunner.connect(context)) {
			assertThat(client.ask(login("l", user))).isEqualTo(">l\t\ttrue");
			int calls = 0;
			while (calls < CALLS / CONNECTIONS) {
				client.send(calls("c", random));
				for (int i = 0; i < BATCH; i++) {
					// the session has not changed hands either
					assertThat(client.read()).endsWith("\t\t\"" + user + " on session of " + user + "\"");
				}
				calls += BATCH;
			}
			return calls;
		}
	}

	private static int switchUsers(ApplicationContext context, Random random) {
		try (RawClient client = ServerRunner.connect(context)) {
			String user = null;
			int calls = 0;
			while (calls < CALLS / CONNECTIONS) {
				String next = (user == null || random.nextBoolean()) ? USERS.get(random.nextInt(2)) : null;
				client.send(calls("before", random) + "\n"
						+ ((next != null) ? login("change", next) : "!call@change\tfn:logout") + "\n"
						+ calls("after", random));
				for (int i = 0; i < 2 * BATCH + 1; i++) {
					check(Objects.requireNonNull(client.read()), user, next);
				}
				user = next;
				calls += 2 * BATCH;
			}
			return calls;
		}
	}

	private static void check(String answer, @Nullable String user, @Nullable String next) {
		if (answer.startsWith(">change")) {
			assertThat(answer).isEqualTo(">change\t\ttrue");
			return;
		}
		String seen = answer.substring(answer.lastIndexOf('\t') + 1).replaceFirst(" on session.*", "\"");
		if (answer.startsWith(">after")) {
			assertThat(seen).isEqualTo(expected(next));
		}
		else {
			// it may not have begun before the change
			assertThat(seen).isIn(expected(user), expected(next));
		}
	}

	private static String expected(@Nullable String user) {
		return (user != null) ? "\"" + user + "\"" : DENIED;
	}

	private static String login(String id, String user) {
		return "!call@" + id + "\tfn:login\t=\"" + user + "\"\t=\"secret\"";
	}

	private static String calls(String id, Random random) {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < BATCH; i++) {
			lines.append((i > 0) ? "\n" : "")
				.append("!call@")
				.append(id)
				.append(i)
				.append("\tfn:")
				.append(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
		}
		return lines.toString();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Functions.class, Probe.class })
	static class Application {

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}secret").roles("USER").build();
		}

	}

	/**
	 * Surrounds everything else, and looks at what it leaves behind.
	 */
	static class Probe implements InvocationInterceptor, Ordered {

		final AtomicInteger seen = new AtomicInteger();

		final AtomicInteger leftBehind = new AtomicInteger();

		@Override
		public @Nullable Object intercept(Invocation invocation, Chain chain) throws Exception {
			look();
			try {
				return chain.proceed(invocation);
			}
			finally {
				this.seen.incrementAndGet();
				look();
			}
		}

		private void look() {
			if (SecurityContextHolder.getContext().getAuthentication() != null) {
				this.leftBehind.incrementAndGet();
			}
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	@IrpcService
	static class Functions {

		public String sync(IrpcSession session, Principal principal, Authentication authentication,
				@AuthenticationPrincipal UserDetails details, SessionUser user) {
			return views(session, principal, authentication, details, user);
		}

		public CompletionStage<String> stage(IrpcSession session, Principal principal, Authentication authentication,
				@AuthenticationPrincipal UserDetails details, SessionUser user) {
			String views = views(session, principal, authentication, details, user);
			return CompletableFuture
				.supplyAsync(() -> plus(views, SecurityContextHolder.getContext().getAuthentication()));
		}

		public Mono<String> mono(IrpcSession session, Principal principal, Authentication authentication,
				@AuthenticationPrincipal UserDetails details, SessionUser user) {
			String views = views(session, principal, authentication, details, user);
			return ReactiveSecurityContextHolder.getContext()
				.publishOn(Schedulers.parallel())
				.map((context) -> Objects.requireNonNull(context.getAuthentication()).getName())
				.map((name) -> name.equals(principal.getName()) ? views : views + " but " + name);
		}

		@IrpcFunction(nonBlocking = true)
		public String nonBlocking(IrpcSession session, Principal principal, Authentication authentication,
				@AuthenticationPrincipal UserDetails details, SessionUser user) {
			return views(session, principal, authentication, details, user);
		}

		@IrpcFunction(nonBlocking = true)
		public Mono<String> nonBlockingMono(IrpcSession session, Principal principal, Authentication authentication,
				@AuthenticationPrincipal UserDetails details, SessionUser user) {
			return mono(session, principal, authentication, details, user);
		}

		private static String views(IrpcSession session, Principal principal, Authentication authentication,
				UserDetails details, SessionUser user) {
			Authentication held = SecurityContextHolder.getContext().getAuthentication();
			SessionUser owner = session.user();
			List<String> names = List.of(principal.getName(), authentication.getName(), details.getUsername(),
					user.principal().getName(), (held != null) ? held.getName() : "nobody");
			String views = (names.stream().distinct().count() == 1) ? names.get(0) : names.toString();
			return views + " on session of " + ((owner != null) ? owner.principal().getName() : "nobody");
		}

		private static String plus(String views, @Nullable Authentication left) {
			return (left != null) ? left.getName() + " is left behind" : views;
		}

	}

}
