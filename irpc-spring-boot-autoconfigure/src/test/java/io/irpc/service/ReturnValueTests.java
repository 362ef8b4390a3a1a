package io.irpc.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What functions may return, now or later.
 */
class ReturnValueTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "value|\"now\"", "nothing|null", "noValue|null",
			"record|{\"name\":\"a\"}", "stage|\"stage\"", "emptyStage|null", "mono|\"mono\"", "emptyMono|null" })
	void whenFunctionReturnsThenItsValueIsAnswered(String function, String value) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:" + function)).isEqualTo(">1\t\t" + value);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "failing", "failingStage", "failingDependentStage", "failingMono", "throwingMono" })
	void whenFunctionFailsThenItsErrorIsAnswered(String function) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:" + function)).isEqualTo(">1\tException\t\"gone\"");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "crashing", "crashingStage", "crashingMono", "withoutJson" })
	void whenFunctionCrashesThenTheErrorIsInternal(String function) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@1\tfn:" + function)).startsWith(">1\tException\t{\"code\":\"internal\"");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pendingStage", "pendingMono" })
	void whenValueComesLaterThenNoThreadIsBlocked(String function) {
		this.runner.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=1")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.send("!call@later\tfn:" + function);
					assertThat(client.ask("!call@now\tfn:value")).isEqualTo(">now\t\t\"now\"");
					context.getBean(Functions.class).pending.complete("then");
					assertThat(client.read()).isEqualTo(">later\t\t\"then\"");
				}
			});
	}

	@Test
	void whenFunctionIsAsynchronousThenItsValueIsAnswered() {
		this.runner.withUserConfiguration(AsynchronousConfiguration.class, Asynchronous.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:async.thread")).matches(">1\t\t\"(?!irpc-).*\"");
			}
		});
	}

	@EnableAsync(proxyTargetClass = true)
	static class AsynchronousConfiguration {

	}

	@IrpcService("async")
	static class Asynchronous {

		@Async
		public CompletableFuture<String> thread() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

	record Named(String name) {

	}

	@IrpcService
	static class Functions {

		final CompletableFuture<String> pending = new CompletableFuture<>();

		public String value() {
			return "now";
		}

		public void nothing() {
		}

		public @Nullable String noValue() {
			return null;
		}

		public Named record() {
			return new Named("a");
		}

		public CompletionStage<String> stage() {
			return CompletableFuture.completedStage("stage");
		}

		public CompletionStage<@Nullable Void> emptyStage() {
			return CompletableFuture.completedStage(null);
		}

		public Mono<String> mono() {
			return Mono.just("mono");
		}

		public Mono<String> emptyMono() {
			return Mono.empty();
		}

		public CompletableFuture<String> pendingStage() {
			return this.pending;
		}

		public Mono<String> pendingMono() {
			return Mono.fromFuture(this.pending);
		}

		public String failing() {
			throw gone();
		}

		public CompletionStage<String> failingStage() {
			return CompletableFuture.failedStage(gone());
		}

		public CompletionStage<String> failingDependentStage() {
			return failingStage().thenApply(String::trim);
		}

		public Mono<String> failingMono() {
			return Mono.error(gone());
		}

		public Mono<String> throwingMono() {
			return Mono.fromCallable(() -> {
				throw gone();
			});
		}

		public String crashing() throws Exception {
			throw new Exception("secret");
		}

		public CompletionStage<String> crashingStage() {
			return CompletableFuture.failedStage(new AssertionError("secret"));
		}

		public Mono<String> crashingMono() {
			return Mono.error(new IllegalStateException("secret"));
		}

		public Object withoutJson() {
			return new Object() {

				@SuppressWarnings("unused")
				public String getName() {
					throw new IllegalStateException("secret");
				}

			};
		}

		private static IrpcException gone() {
			return new IrpcException(ErrorCode.NOT_FOUND, "gone");
		}

	}

}
