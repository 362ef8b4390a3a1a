package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.call.CallTimeoutException;
import io.irpc.call.ClientInterceptor;
import io.irpc.call.Completion;
import io.irpc.call.ConnectionLostException;
import io.irpc.call.NotConnectedException;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link Completion}.
 */
@Timeout(60)
class CompletionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ScriptedServer server = new ScriptedServer(0, CompletionTests::answerTo);

	private final AtomicReference<@Nullable IrpcClient> opened = new AtomicReference<>();

	@AfterEach
	void close() {
		IrpcClient client = this.opened.get();
		if (client != null) {
			client.close();
		}
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(Completion.class)
	void valuesAndFailuresAreToldOnTheThreadThatWasChosen(Completion completion) {
		IrpcClient client = client(completion);
		String thread = (completion == Completion.EVENT_LOOP) ? "irpc-client-io-\\d+-\\d+" : "irpc-client-\\d+";
		assertThat(thread(client, "echo")).matches(thread);
		assertThat(thread(client, "unknown")).matches(thread);
	}

	@ParameterizedTest
	@EnumSource(Completion.class)
	void whenCallsAreSurroundedThenTheThreadIsTheSame(Completion completion) {
		ClientInterceptor interceptor = (request, chain) -> chain.proceed(request).thenApply((value) -> value);
		IrpcClient client = client(completion, interceptor);
		assertThat(thread(client, "echo").contains("-io-")).isEqualTo(completion == Completion.EVENT_LOOP);
	}

	@ParameterizedTest
	@ValueSource(strings = { "retrieve", "join", "get", "stream", "surrounded" })
	void whenTheEventLoopIsToWaitForAnAnswerThenItIsToldAtOnceThatItCannot(String way) {
		IrpcClient client = way.equals("surrounded")
				? client(Completion.EVENT_LOOP, (request, chain) -> chain.proceed(request))
				: client(Completion.EVENT_LOOP);
		CompletableFuture<String> waiting = client.call("echo")
			.retrieveAsync(String.class)
			.thenApply((value) -> wait(client, way));
		assertThat(waiting).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("Waits for an answer on irpc-client-io-");
		assertThat(this.server.received()).noneMatch((line) -> line.contains("fn:list"));
		// and has gone on
		assertThat(client.call("echo").retrieve(String.class)).isEqualTo("echo");
	}

	@Test
	void whenTheEventLoopIsToBlockForAMonoThenReactorRefuses() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		Words words = client.proxy(Words.class);
		assertThat(words.echo().map((value) -> String.valueOf(words.echo().block())).toFuture()).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("block()");
	}

	@Test
	void whenAMonoIsCompletedOutsideOfTheEventLoopThenReactorMayBlock() {
		try (IrpcClient client = IrpcClient.builder().address("127.0.0.1:" + this.server.port()).build()) {
			client.connect().join();
			Words words = client.proxy(Words.class);
			String thread = await().until(() -> words.echo()
				.map((value) -> Thread.currentThread().getName() + words.echo().block())
				.toFuture()
				.get(10, TimeUnit.SECONDS), (name) -> name.startsWith("irpc-"));
			assertThat(thread).startsWith("irpc-client-io-").endsWith("echo");
		}
	}

	@Test
	void whenAnInterceptorGoesOnOnTheEventLoopThenWhoWaitsElsewhereGetsTheValue() {
		IrpcClient tokens = client(Completion.EVENT_LOOP);
		try (IrpcClient client = IrpcClient.builder()
			.address("127.0.0.1:" + this.server.port())
			.interceptors((request, chain) -> tokens.call("echo")
				.retrieveAsync(String.class)
				.thenCompose((token) -> chain.proceed(request)))
			.build()) {
			assertThat(client.call("echo").retrieve(String.class)).isEqualTo("echo");
			assertThat(client.call("echo").retrieveAsync(String.class)).succeedsWithin(PATIENCE).isEqualTo("echo");
		}
	}

	@Test
	void whenTheClientIsClosedOnItsEventLoopThenNobodyWaitsForTheEndOfIt() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		assertThat(client.call("echo").retrieveAsync(String.class).thenRun(client::close))
			.succeedsWithin(Duration.ofSeconds(5));
		assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void whenTheClientIsClosedOnItsEventLoopThenWhatIsNotAnsweredIsToldElsewhere() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		List<CompletableFuture<String>> threads = Stream.generate(() -> client.call("never"))
			.limit(20)
			.map((call) -> call.retrieveAsync(String.class))
			.map((call) -> call.handle((value, ex) -> Thread.currentThread().getName()))
			.toList();
		client.call("echo").retrieveAsync(String.class).thenRun(client::close);
		assertThat(threads).allSatisfy(
				(thread) -> assertThat(thread).succeedsWithin(PATIENCE).asString().doesNotStartWith("irpc-client-io"));
	}

	@Test
	void whenTheClientIsClosedOnItsEventLoopThenWhatIsNotAnsweredTakesNoMoreThreadsThanItHas() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<CompletableFuture<Void>> calls = Stream.generate(() -> client.call("never"))
			.limit(40)
			.map((call) -> call.retrieveAsync(String.class).handle((value, ex) -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
				running.decrementAndGet();
				return (Void) null;
			}))
			.toList();
		client.call("echo").retrieveAsync(String.class).thenRun(client::close);
		assertThat(calls).allSatisfy((call) -> assertThat(call).succeedsWithin(PATIENCE));
		assertThat(most.get()).isBetween(1, 2);
	}

	@Test
	void whenCallsAreRepeatedWhileThereIsNoConnectionThenTheStackDoesNotGrow() {
		this.server.close();
		IrpcClient client = client(Completion.EVENT_LOOP);
		assertThat(repeat(client, 5000)).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NotConnectedException.class);
	}

	private static CompletableFuture<@Nullable String> repeat(IrpcClient client, int times) {
		CompletableFuture<@Nullable String> call = client.call("echo").retrieveAsync(String.class);
		return (times == 0) ? call : call.exceptionallyCompose((ex) -> repeat(client, times - 1));
	}

	@Test
	void whenThereIsNoAnswerThenAThreadThatMayWaitTellsSo() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		assertThat(client.call("never")
			.timeout(Duration.ofMillis(50))
			.retrieveAsync(String.class)
			.handle((value, ex) -> client.call("echo").retrieve(String.class))).succeedsWithin(PATIENCE)
			.isEqualTo("echo");
	}

	@Test
	void whenTheEventLoopAsksForWhatIsThereThenItGetsIt() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		CompletableFuture<@Nullable String> first = client.call("echo").retrieveAsync(String.class);
		CompletableFuture<String> second = first.thenApply((value) -> first.join() + "," + value);
		assertThat(second).succeedsWithin(PATIENCE).isEqualTo("echo,echo");
	}

	@Test
	void whenCallsFollowEachOtherThenEachIsAnswered() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		CompletableFuture<String> chain = CompletableFuture.completedFuture("");
		for (int i = 0; i < 200; i++) {
			chain = chain.thenCompose(
					(text) -> client.call("echo").retrieveAsync(String.class).thenApply((value) -> text + "."));
		}
		assertThat(chain).succeedsWithin(PATIENCE).isEqualTo(".".repeat(200));
	}

	@Test
	void whenWhatFollowsAnswersTakesItsTimeThenNewCallsDoNotWaitForAllOfThem() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		client.connect().join();
		client.call("never").retrieveAsync(String.class).thenRun(() -> {
			client.call("echo").retrieveAsync(String.class);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		});
		CompletableFuture<Void> second = client.call("never")
			.retrieveAsync(String.class)
			.thenRun(() -> await().until(() -> received("fn:echo").size() == 1));
		await().until(() -> received("fn:never").size() == 2);
		this.server.send(received("fn:never").stream()
			.map((line) -> ">" + id(line) + "\t\tnull")
			.collect(Collectors.joining("\n")));
		assertThat(second).succeedsWithin(PATIENCE.multipliedBy(2));
	}

	@Test
	void whenThereIsNoAnswerThenTheCallFailsAllTheSame() {
		IrpcClient client = client(Completion.EVENT_LOOP);
		client.connect().join();
		assertThat(client.call("never").timeout(Duration.ofMillis(50)).retrieveAsync(String.class))
			.failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(CallTimeoutException.class);
		CompletableFuture<@Nullable String> lost = client.call("never").retrieveAsync(String.class);
		client.close();
		assertThat(lost).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(ConnectionLostException.class);
	}

	private IrpcClient client(Completion completion, ClientInterceptor... interceptors) {
		IrpcClient client = IrpcClient.builder()
			.address("127.0.0.1:" + this.server.port())
			.completion(completion)
			.interceptors(interceptors)
			.reconnect(new ReconnectPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1)))
			.platformThreads(2)
			.build();
		this.opened.set(client);
		return client;
	}

	private static String thread(IrpcClient client, String function) {
		// the answer may be there before what is to follow it
		return await().until(() -> client.call(function)
			.retrieveAsync(String.class)
			.handle((value, failure) -> Thread.currentThread().getName())
			.join(), (name) -> name.startsWith("irpc-"));
	}

	private static String wait(IrpcClient client, String way) {
		Function<IrpcClient, @Nullable String> waiting = switch (way) {
			case "join" -> (each) -> each.call("echo").retrieveAsync(String.class).join();
			case "get" -> (each) -> {
				try {
					return each.call("echo").retrieveAsync(String.class).get();
				}
				catch (InterruptedException | ExecutionException ex) {
					throw new AssertionError(ex);
				}
			};
			case "stream" -> (each) -> {
				try (Stream<String> elements = each.call("list").retrieveStream(String.class)) {
					return String.join(",", elements.toList());
				}
			};
			default -> (each) -> each.call("echo").retrieve(String.class);
		};
		return String.valueOf(waiting.apply(client));
	}

	private List<String> received(String part) {
		return this.server.received().stream().filter((line) -> line.contains(part)).toList();
	}

	private static String id(String line) {
		return line.substring(line.indexOf('@') + 1).split("\t", 2)[0];
	}

	private static @Nullable String answerTo(String line) {
		String answer = ">" + id(line) + "\t\t";
		if (line.startsWith("!identify")) {
			return answer + "{\"features\":[]}";
		}
		if (line.contains("fn:unknown")) {
			return answer.substring(0, answer.length() - 1) + "Exception\t\"unknown is not a registered function!\"";
		}
		if (line.contains("fn:list")) {
			return answer + "[\"a\",\"b\"]";
		}
		return line.contains("fn:never") ? null : answer + "\"echo\"";
	}

	/**
	 * What the server publishes.
	 */
	@IrpcService("")
	interface Words {

		Mono<String> echo();

	}

}
