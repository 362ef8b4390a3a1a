package io.irpc.security;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.session.Invocation;
import io.irpc.session.InvocationInterceptor;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a thread is left as it was found, however a command ends.
 */
class SecurityContextTests {

	private static final List<String> FUNCTIONS = List.of("returns", "throwsException", "throwsError", "stage",
			"failingStage", "throwsInsteadOfStage", "mono", "failingMono", "nonBlocking", "nonBlockingThrows",
			"nonBlockingStage", "changesContext", "clearsContext", "nosuch", "refused");

	private final ApplicationContextRunner contextRunner = ServerRunner.secured(Application.class);

	@Test
	void theContextOfTheThreadIsEmptyAfterwards() {
		assertLeft(null, "none");
	}

	@Test
	void theContextThatWasThereIsThereAgain() {
		assertLeft(new SecurityContextImpl(new TestingAuthenticationToken("before", "")), "before");
	}

	private void assertLeft(@Nullable SecurityContext before, String after) {
		this.contextRunner.run((context) -> {
			Probe probe = context.getBean(Probe.class);
			try (RawClient client = LoginTests.loggedIn(ServerRunner.connect(context))) {
				probe.before = before;
				for (String function : FUNCTIONS) {
					probe.after.clear();
					client.ask("!call@1\tfn:" + function);
					assertThat(probe.after).as(function).containsExactly(after);
				}
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Functions.class, Probe.class })
	static class Application {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc.authorize((rules) -> rules.functions("refused").denyAll().anything().authenticated()).build();
		}

	}

	/**
	 * Surrounds everything else.
	 */
	static class Probe implements InvocationInterceptor, Ordered {

		final Queue<String> after = new ConcurrentLinkedQueue<>();

		volatile @Nullable SecurityContext before;

		@Override
		public @Nullable Object intercept(Invocation invocation, Chain chain) throws Exception {
			SecurityContext context = this.before;
			if (context != null) {
				SecurityContextHolder.setContext(context);
			}
			try {
				return chain.proceed(invocation);
			}
			finally {
				Authentication left = SecurityContextHolder.getContext().getAuthentication();
				this.after.add((left != null) ? left.getName() : "none");
				SecurityContextHolder.clearContext();
			}
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	@IrpcService
	static class Functions {

		public String returns() {
			return user();
		}

		public void throwsException() throws Exception {
			throw new Exception(user());
		}

		public void throwsError() {
			throw new AssertionError(user());
		}

		public CompletionStage<String> stage() {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		public CompletionStage<String> failingStage() {
			return CompletableFuture.failedFuture(new IllegalStateException(user()));
		}

		public CompletionStage<String> throwsInsteadOfStage() {
			throw new IllegalStateException(user());
		}

		public Mono<String> mono() {
			return Mono.fromSupplier(Functions::user);
		}

		public Mono<String> failingMono() {
			return Mono.error(() -> new IllegalStateException(user()));
		}

		@IrpcFunction(nonBlocking = true)
		public String nonBlocking() {
			return user();
		}

		@IrpcFunction(nonBlocking = true)
		public void nonBlockingThrows() {
			throw new IllegalStateException(user());
		}

		@IrpcFunction(nonBlocking = true)
		public CompletionStage<String> nonBlockingStage() {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		public void changesContext() {
			SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("other", "")));
		}

		public void clearsContext() {
			SecurityContextHolder.clearContext();
		}

		public void refused() {
		}

		private static String user() {
			return Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()).getName();
		}

	}

}
