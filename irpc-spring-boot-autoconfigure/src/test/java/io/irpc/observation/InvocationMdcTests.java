package io.irpc.observation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.session.ErrorResponseResolver;
import io.irpc.session.Invocation;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each line of a log belongs to while a function runs.
 */
class InvocationMdcTests {

	private static final String CALL = "!call@1\tfn:orders.find\tsecret=\"4711\"";

	private final ApplicationContextRunner runner = observed(ServerRunner.of(Orders.class));

	private static ApplicationContextRunner observed(ApplicationContextRunner application) {
		return application.withConfiguration(
				AutoConfigurations.of(ObservationAutoConfiguration.class, IrpcObservationAutoConfiguration.class));
	}

	@Test
	void whenFunctionRunsForAUserThenTheLogKnowsSessionUserAndFunctionAndNoArgument() {
		observed(ServerRunner.secured(Orders.class)).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!call@0\tfn:login\tusername=\"user\"\tpassword=\"secret\"");
				client.ask(CALL);
				Orders orders = context.getBean(Orders.class);
				assertThat(orders.during).containsOnly(
						Map.entry("irpc.session", Long.toString(orders.invocation().session().id())),
						Map.entry("irpc.user", "user"), Map.entry("irpc.function", "orders.find"));
			}
		});
	}

	@Test
	void whenUserIsAnonymousThenThereIsNoUser() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(CALL);
				assertThat(context.getBean(Orders.class).during).containsOnlyKeys("irpc.session", "irpc.function");
			}
		});
	}

	@Test
	void whenFunctionHasEndedThenTheThreadHasWhatItHadBefore() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(CALL);
				Invocation invocation = context.getBean(Orders.class).invocation();
				InvocationMdcHandler handler = context.getBean(InvocationMdcHandler.class);
				IrpcServerRequestContext outer = new IrpcServerRequestContext(invocation, null);
				MDC.put("irpc.function", "before");
				MDC.put("mine", "kept");
				handler.onScopeOpened(outer);
				assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("irpc.session", "mine");
				handler.onScopeOpened(outer);
				handler.onScopeClosed(outer);
				assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("irpc.session", "mine");
				handler.onScopeClosed(outer);
				assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("irpc.function", "before"),
						Map.entry("mine", "kept"));
			}
			finally {
				MDC.clear();
			}
		});
	}

	@Test
	void whenNextCommandRunsOnTheSameThreadThenNothingOfTheLastOneIsLeft() {
		this.runner.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=1")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					client.ask(CALL);
					Executor workers = context.getBean("irpcWorkerPool", Executor.class);
					CompletableFuture<Map<String, String>> left = new CompletableFuture<>();
					workers.execute(() -> left.complete(Orders.copy()));
					assertThat(left.get()).isEmpty();
				}
			});
	}

	@Test
	void whenFunctionFailsThenTheLineThatHasTheReferenceBelongsToItAsWell() {
		Map<String, String> during = new ConcurrentHashMap<>();
		this.runner.withBean(ErrorResponseResolver.class, () -> (failure, invocation) -> {
			during.putAll(Orders.copy());
			return null;
		}).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (String function : List.of("orders.fail", "orders.failLater")) {
					during.clear();
					assertThat(client.ask("!call@1\tfn:" + function)).contains("reference");
					assertThat(during).as(function).containsEntry("irpc.function", function);
				}
			}
		});
	}

	@Test
	void whenThereIsNoSlf4jThenServerStartsWithoutMdc() {
		this.runner.withClassLoader(new FilteredClassLoader(MDC.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(IrpcObservations.class)
				.doesNotHaveBean("irpcInvocationMdcHandler"));
	}

	@IrpcService("orders")
	static class Orders {

		volatile Map<String, String> during = Map.of();

		private volatile @Nullable Invocation invocation;

		Invocation invocation() {
			return Objects.requireNonNull(this.invocation);
		}

		static Map<String, String> copy() {
			Map<String, String> map = MDC.getCopyOfContextMap();
			return (map != null) ? new TreeMap<>(map) : Map.of();
		}

		public void fail() {
			throw new IllegalStateException("broken");
		}

		public CompletableFuture<String> failLater() {
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException("broken");
			});
		}

		@IrpcFunction
		public void find(String secret) {
			this.invocation = Invocation.current();
			this.during = copy();
		}

	}

}
