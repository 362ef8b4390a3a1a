package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.call.ConnectionLostException;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what a client does when its server says that it goes away (protocol §6).
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class LeaveTests {

	private static final String GOAWAY = "!goaway@g\treason:shutdown\tretry:";

	private final BlockingQueue<String> slow = new LinkedBlockingQueue<>();

	private final Server old = new Server("old");

	private final Server next = new Server("next");

	private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

	private IrpcClient client = client(Duration.ofSeconds(10));

	@BeforeEach
	void connect() {
		this.client.connect().join();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.old.scripted.close();
		this.next.scripted.close();
	}

	@Test
	void theNextConnectionGoesToAnotherAddressAndTheOldOneIsClosedByTheClient(CapturedOutput output) {
		this.old.scripted.send(GOAWAY + "1");
		await().untilAsserted(() -> assertThat(name()).isEqualTo("next"));
		await().until(this.old::isLeft);
		assertThat(this.old.scripted.received()).anyMatch((line) -> line.equals(">g\t\tnull"));
		assertThat(this.client.connection().lastFailure()).isNull();
		assertThat(output).contains("Connected to").doesNotContain(this.old.scripted.port() + " lost");
	}

	@Test
	void callsWaitForTheNextConnectionThoughTheyWouldFailOtherwise() {
		this.old.scripted.send(GOAWAY + "300");
		await().untilAsserted(() -> assertThat(this.client.state()).isEqualTo(ConnectionState.CONNECTING));
		assertThat(name()).isEqualTo("next");
		await().untilAsserted(() -> assertThat(this.states).containsExactly(ConnectionState.CONNECTING,
				ConnectionState.CONNECTED, ConnectionState.CONNECTING, ConnectionState.CONNECTED));
	}

	@Test
	void callsInFlightAreAnsweredOnTheOldConnection() throws InterruptedException {
		CompletableFuture<@Nullable String> inFlight = this.client.call("slow").retrieveAsync(String.class);
		String line = this.slow.take();
		this.old.scripted.send(GOAWAY + "1");
		await().untilAsserted(() -> assertThat(name()).isEqualTo("next"));
		assertThat(inFlight).isNotDone();
		assertThat(this.old.isLeft()).isFalse();
		this.old.scripted.send(answer(line, "\"late\""));
		assertThat(inFlight.join()).isEqualTo("late");
		await().until(this.old::isLeft);
	}

	@Test
	void theOldConnectionLastsNoLongerThanACall() throws InterruptedException {
		this.client.close();
		this.client = client(Duration.ofMillis(300));
		CompletableFuture<@Nullable String> inFlight = this.client.call("slow")
			.timeout(Duration.ofSeconds(30))
			.retrieveAsync(String.class);
		this.slow.take();
		this.old.scripted.send(GOAWAY + "1");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(inFlight::join)
			.withCauseInstanceOf(ConnectionLostException.class);
		assertThat(name()).isEqualTo("next");
	}

	@Test
	void subscriptionsMoveAndHearNothingTwice() {
		List<String> heard = new CopyOnWriteArrayList<>();
		this.client.listen("alarm", Alarm.class, (alarm) -> heard.add(alarm.text())).whenActive().join();
		this.old.fire("1");
		this.old.scripted.send(GOAWAY + "1");
		await().until(this.old::isLeft);
		this.next.fire("2");
		await().until(() -> heard.size() >= 2);
		assertThat(heard).containsExactly("1", "2");
	}

	@Test
	void whereTheOldServerIsTheOnlyOneTheClientComesBackToIt() {
		this.client.close();
		try (IrpcClient single = TestClients.builder().address("127.0.0.1:" + this.old.scripted.port()).build()) {
			single.connect().join();
			this.old.scripted.received().clear();
			this.old.scripted.send(GOAWAY + "1");
			await().until(() -> this.old.scripted.received().stream().anyMatch((line) -> line.startsWith("!identify")));
			assertThat(single.call("name").retrieve(String.class)).isEqualTo("old");
		}
	}

	@Test
	void aServerThatClosesAtOnceIsNotLostEither(CapturedOutput output) {
		this.old.scripted.send(GOAWAY + "200");
		await().untilAsserted(() -> assertThat(this.client.state()).isEqualTo(ConnectionState.CONNECTING));
		this.old.scripted.cut();
		assertThat(name()).isEqualTo("next");
		assertThat(this.states).doesNotContain(ConnectionState.DISCONNECTED);
		assertThat(output).doesNotContain(this.old.scripted.port() + " lost");
	}

	private @Nullable String name() {
		return this.client.call("name").retrieve(String.class);
	}

	private IrpcClient client(Duration timeout) {
		return TestClients.builder()
			.address("127.0.0.1:" + this.old.scripted.port(), "127.0.0.1:" + this.next.scripted.port())
			.timeout(timeout)
			.listener((changed, connection) -> this.states.add(connection.state()))
			.build();
	}

	private static String answer(String line, String value) {
		int tab = line.indexOf('\t');
		return ">" + line.substring(line.indexOf('@') + 1, (tab < 0) ? line.length() : tab) + "\t\t" + value;
	}

	record Alarm(String text) {

	}

	private final class Server {

		private final String name;

		private volatile @Nullable String monitor;

		private final ScriptedServer scripted = new ScriptedServer(0, this::answerTo);

		Server(String name) {
			this.name = name;
		}

		boolean isLeft() {
			return this.scripted.connections() == 0;
		}

		void fire(String text) {
			this.scripted.send(">" + this.monitor + "\tSignal\t{\"text\":\"" + text + "\"}");
		}

		private @Nullable String answerTo(String line) {
			if (line.startsWith("!identify")) {
				return answer(line, "{\"features\":[\"goaway\"]}");
			}
			if (line.startsWith("!monitor")) {
				this.monitor = line.substring(line.indexOf('@') + 1, line.indexOf('\t'));
				String late = ">" + this.monitor + "\tSignal\t{\"text\":\"late\"}\n";
				return (line.contains("\"disable\"") ? late : "") + answer(line, "null");
			}
			if (line.contains("fn:slow")) {
				LeaveTests.this.slow.add(line);
				return null;
			}
			return line.startsWith("!") ? answer(line, "\"" + this.name + "\"") : null;
		}

	}

}
