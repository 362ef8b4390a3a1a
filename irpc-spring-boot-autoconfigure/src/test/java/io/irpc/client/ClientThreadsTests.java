package io.irpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.irpc.call.CallTimeoutException;
import io.irpc.call.ConnectionLostException;
import io.irpc.session.WorkerPool;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of calls whose completion needs threads of the client that are busy.
 */
// a thread that joins is not to be interrupted
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientThreadsTests {

	private static final int CALLS = 200;

	private final ScriptedServer server = new ScriptedServer(0, ClientThreadsTests::answerTo);

	private final IrpcClient client = IrpcClient.builder()
		.address("127.0.0.1:" + this.server.port())
		.platformThreads(2)
		.timeout(Duration.ofSeconds(20))
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void whenTheClientIsClosedThenEveryCallIsToldOf() {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		List<CompletableFuture<@Nullable String>> calls = calls("never");
		calls("echo").forEach((call) -> call.thenRun(() -> {
			busy.countDown();
			assertThat(released).satisfies(CountDownLatch::await);
		}));
		assertThat(busy).satisfies(CountDownLatch::await);
		this.client.close();
		released.countDown();
		await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
		assertThat(calls).allSatisfy((call) -> assertThat(call).failsWithin(Duration.ZERO)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(ConnectionLostException.class));
	}

	@Test
	void whenAClientIsClosedThenItsCallsAreCompletedWhereOthersMayWait() {
		for (int round = 0; round < 50; round++) {
			try (IrpcClient closed = TestClients.builder().address("127.0.0.1:" + this.server.port()).build()) {
				closed.connect().join();
				List<CompletableFuture<Boolean>> threads = Stream.generate(() -> closed.call("never"))
					.limit(20)
					.map((call) -> call.retrieveAsync(String.class))
					.map((call) -> call.handle((value, ex) -> WorkerPool.mayWait()))
					.toList();
				closed.close();
				assertThat(threads).allSatisfy((thread) -> assertThat(thread.get(10, TimeUnit.SECONDS)).isTrue());
			}
		}
	}

	@Test
	void whenAllThreadsWaitForCallsThenTheseAreCompletedNevertheless() {
		var calls = calls("echo").stream()
			.map((call) -> call.thenApply((value) -> this.client.call("echo")
				.retrieveAsync(String.class)
				.thenApply((inner) -> value + "," + inner)
				.join()))
			.toList();
		assertThat(calls).allSatisfy((call) -> assertThat(call.join()).isEqualTo("echo,echo"));
	}

	@Test
	void whenAllThreadsWaitForElementsThenTheseComeNevertheless() {
		List<CompletableFuture<String>> calls = calls("echo").stream()
			.map((call) -> call.thenApply((value) -> elements(this.client.call("list").retrieveStream(String.class))))
			.toList();
		assertThat(calls).allSatisfy((call) -> assertThat(call.join()).isEqualTo("a,b"));
	}

	@Test
	void whenAllThreadsWaitForWhatNeverComesThenTheTimeOfTheCallsEnds() {
		List<CompletableFuture<Throwable>> calls = calls("echo").stream()
			.map((call) -> call.thenApply((value) -> this.client.call("never")
				.timeout(Duration.ofMillis(100))
				.retrieveAsync(String.class)
				.handle((inner, failure) -> failure)
				.join()))
			.toList();
		assertThat(calls).allSatisfy((call) -> assertThat(call.join()).isInstanceOf(CallTimeoutException.class));
	}

	private List<CompletableFuture<@Nullable String>> calls(String function) {
		List<CompletableFuture<@Nullable String>> calls = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			calls.add(this.client.call(function).retrieveAsync(String.class));
		}
		return calls;
	}

	private static String elements(Stream<String> elements) {
		try (elements) {
			return String.join(",", elements.toList());
		}
	}

	private static @Nullable String answerTo(String line) {
		String answer = ">" + line.substring(line.indexOf('@') + 1).split("\t", 2)[0] + "\t\t";
		if (line.startsWith("!identify")) {
			return answer + "{\"features\":[]}";
		}
		if (line.contains("fn:echo")) {
			return answer + "\"echo\"";
		}
		return line.contains("fn:list") ? answer + "[\"a\",\"b\"]" : null;
	}

}
