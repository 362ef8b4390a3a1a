package io.irpc.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.irpc.annotation.IrpcService;
import io.irpc.call.IrpcCaller;
import io.irpc.call.NotConnectedException;
import io.irpc.call.RemoteCallException;
import io.irpc.call.SessionCallers;
import io.irpc.server.IrpcServer;
import io.irpc.session.IrpcSession;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Servers that call the functions of their clients (protocol §1).
 */
class ClientServicesTests {

	private final ApplicationContextRunner server = ServerRunner.of(Hub.class);

	private final ApplicationContextRunner clientOnly = ServerRunner.of(Desk.class)
		.withPropertyValues("irpc.server.enabled=false", "irpc.client.reconnect.initial-delay=10ms");

	@Test
	void whenApplicationIsAClientOnlyThenTheServerReachesItsServices() {
		this.server.run((context) -> this.clientOnly.withPropertyValues(address(context)).run((desk) -> {
			IrpcClient client = desk.getBean(IrpcClient.class);
			assertThat(client.call("ask").argument("Bob").retrieve(String.class)).isEqualTo("Hello Bob");
			assertThat(client.call("functions").retrieve(String[].class)).contains("desk.greet", "desk.numbers",
					"getFunctionList");
		}));
	}

	@Test
	void whenFunctionFailsAtTheClientThenTheServerGetsItsError() {
		this.server.run((context) -> this.clientOnly.withPropertyValues(address(context)).run((desk) -> {
			desk.getBean(IrpcClient.class).call("remember").retrieve(Void.class);
			IrpcCaller caller = context.getBean(SessionCallers.class).on(context.getBean(Hub.class).session());
			assertThatExceptionOfType(RemoteCallException.UnknownFunction.class)
				.isThrownBy(() -> caller.call("desk.missing").retrieve(Void.class));
			assertThat(caller.proxy(DeskClient.class).greet("Eve")).isEqualTo("Hello Eve");
			try (var numbers = caller.call("desk.numbers").argument(100).retrieveStream(Integer.class)) {
				assertThat(numbers).hasSize(100);
			}
		}));
	}

	@Test
	void whenSessionHasEndedThenTheServerCannotCall() {
		this.server.run((context) -> {
			this.clientOnly.withPropertyValues(address(context))
				.run((desk) -> desk.getBean(IrpcClient.class).call("remember").retrieve(Void.class));
			IrpcSession session = context.getBean(Hub.class).session();
			await().until(() -> session.whenClosed().isDone());
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(
					() -> context.getBean(SessionCallers.class).on(session).call("desk.greet").retrieve(String.class));
		});
	}

	@Test
	void whenMoreHandlersCallBackThanMayRunThenNoneWaitsForEver() {
		this.server.withPropertyValues("irpc.server.limits.max-running-commands=8").run((context) -> {
			try (IrpcClient client = IrpcClient.builder()
				.address("127.0.0.1:" + context.getBean(IrpcServer.class).port())
				.publish(new Desk())
				.build()) {
				var answers = IntStream.range(0, 1000)
					.mapToObj((i) -> client.call("ask").argument("n" + i).retrieveAsync(String.class))
					.toList();
				for (int i = 0; i < answers.size(); i++) {
					assertThat(answers.get(i).join()).isEqualTo("Hello n" + i);
				}
			}
		});
	}

	@Test
	void whenAllThreadsOfTheServerWaitForClientsThenTheCallsOfTheseAreCarriedOut() {
		this.server.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=2")
			.run((context) -> {
				Echo echo = new Echo();
				try (IrpcClient client = IrpcClient.builder()
					.address("127.0.0.1:" + context.getBean(IrpcServer.class).port())
					.publish(echo)
					.platformThreads(2)
					.build()) {
					echo.client.complete(client);
					var answers = IntStream.range(0, 50)
						.mapToObj((i) -> client.call("depth").argument(3).retrieveAsync(Integer.class))
						.toList();
					assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isEqualTo(3));
				}
			});
	}

	@Test
	void whenWhatIsToBePublishedHasNoFunctionThenItIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> IrpcClient.builder().address("localhost").publish("text").build())
			.withMessage("java.lang.String publishes no function (expected: a class or interface with @IrpcService and"
					+ " public methods)");
	}

	@Test
	void whenApplicationIsAServerTooThenItsServicesAreNotOpenToOtherServers() {
		this.server.run((context) -> ServerRunner.of(Desk.class).withPropertyValues(address(context)).run((desk) -> {
			assertThat(desk).doesNotHaveBean(ClientServices.class);
			assertThatExceptionOfType(RemoteCallException.class)
				.isThrownBy(() -> desk.getBean(IrpcClient.class).call("ask").argument("Bob").retrieve(String.class));
		}));
	}

	@Test
	void whenThereIsNoClientThenNothingIsPublished() {
		this.clientOnly.run((context) -> assertThat(context).doesNotHaveBean(ClientServices.class));
	}

	private static String address(ApplicationContext server) {
		return "irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port();
	}

	@IrpcService
	static class Hub {

		public int depth(int left, IrpcCaller client) {
			Integer deeper = (left > 0) ? client.call("desk.depth").argument(left - 1).retrieve(Integer.class)
					: Integer.valueOf(-1);
			return Objects.requireNonNull(deeper) + 1;
		}

		private volatile @Nullable IrpcSession session;

		public @Nullable String ask(String name, IrpcCaller client) {
			return client.call("desk.greet").argument(name).retrieve(String.class);
		}

		public String @Nullable [] functions(IrpcCaller client) {
			return client.call("getFunctionList").retrieve(String[].class);
		}

		public void remember(IrpcSession callerSession) {
			this.session = callerSession;
		}

		IrpcSession session() {
			IrpcSession current = this.session;
			if (current == null) {
				throw new IllegalStateException("No session");
			}
			return current;
		}

	}

	@IrpcService("desk")
	static class Desk {

		public String greet(String name) {
			return "Hello " + name;
		}

		public java.util.stream.Stream<Integer> numbers(int end) {
			return IntStream.range(0, end).boxed();
		}

	}

	@IrpcService("desk")
	static class Echo {

		private final CompletableFuture<IrpcClient> client = new CompletableFuture<>();

		public @Nullable Integer depth(int left) {
			return this.client.join().call("depth").argument(left).retrieve(Integer.class);
		}

	}

	@IrpcService("desk")
	interface DeskClient {

		String greet(String name);

	}

}
