package io.irpc.security;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.session.Invocation;
import io.irpc.session.InvocationInterceptor;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
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

	@Test
	void whileElementsAreTakenTheUserAndTheCommandAreKnown() {
		this.contextRunner.run((context) -> {
			try (RawClient client = LoginTests.loggedIn(ServerRunner.connect(context))) {
				client.ask("!identify@0\tname=\"x\"\tversion=\"1.1\"\tfeatures=[\"stream\"]");
				for (String function : List.of("elements", "cursor", "publisher")) {
					assertThat(client.ask("!call@1\tfn:" + function + "\tcredit:1")).as(function)
						.isEqualTo(">1\tNext\t\"user in " + function + "\"");
					client.send("!request@2\tid:1\tn:9");
					assertThat(List.of(client.read(), client.read(), client.read())).as(function)
						.containsExactlyInAnyOrder(">2\t\tnull", ">1\tNext\t\"user in " + function + "\"",
								">1\t\tnull");
				}
			}
		});
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

		public Stream<String> elements() {
			return Stream.generate(Functions::userAndCommand).limit(2);
		}

		public Iterator<String> cursor() {
			return elements().iterator();
		}

		public Flow.Publisher<String> publisher() {
			return FlowAdapters.toFlowPublisher(Flux.fromStream(this::elements));
		}

		public void changesContext() {
			SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("other", "")));
		}

		public void clearsContext() {
			SecurityContextHolder.clearContext();
		}

		public void refused() {
		}

		private static String userAndCommand() {
			return user() + " in " + Objects.requireNonNull(Invocation.current()).command().internal("fn");
		}

		private static String user() {
			return Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()).getName();
		}

	}

}
