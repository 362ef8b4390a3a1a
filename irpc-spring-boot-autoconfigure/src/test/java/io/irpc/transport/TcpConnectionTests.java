package io.irpc.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import io.irpc.payload.Payload;
import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import io.irpc.support.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of connections over TCP, from a socket to the {@link ConnectionListener}.
 */
@Timeout(60)
class TcpConnectionTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Payload KILOBYTE = Payload.ofJson('"' + "x".repeat(1022) + '"');

	private static final TestOptions OPTIONS = TestOptions.create();

	@Test
	void whenLineIsTooLongThenErrorIsReadableThoughPeerHasSentMuchMore() {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			client.sendBytes("#".repeat(5 * 1024 * 1024).getBytes(StandardCharsets.UTF_8));
			assertThat(client.read()).isEqualTo(">\tException\t\"Line too long (expected: <= 4096 bytes)\"");
			assertThat(client.read()).isNull();
			client.close();
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).containsOnlyOnce("malformed");
			assertThat(server.listener().received()).isEmpty();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void whenPeerSpeaksAnotherProtocolThenItIsToldAndClosed(String name, byte[] bytes) {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			client.sendBytes(bytes);
			assertThat(client.read()).startsWith(">\tException\t\"");
			assertThat(client.read()).isNull();
			client.close();
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).containsOnlyOnce("malformed");
			assertThat(server.listener().received()).isEmpty();
		}
	}

	static Stream<Arguments> whenPeerSpeaksAnotherProtocolThenItIsToldAndClosed() throws Exception {
		byte[] random = new byte[64 * 1024];
		new Random(1).nextBytes(random);
		random[0] = 'x';
		return Stream.of(
				Arguments.of("HTTP request",
						"GET / HTTP/1.1\r\nHost: a\r\n\r\n!ping@1\n".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("random bytes", random), Arguments.of("TLS ClientHello", clientHello()));
	}

	@Test
	void whenLineDoesNotEndInTimeThenConnectionIsClosed() {
		try (TestServer server = new TestServer(OPTIONS.withLineTimeout(SHORT)); RawClient client = server.connect()) {
			client.send("!ping@1").sendBytes(new byte[] { '!' });
			assertThat(client.read()).isEqualTo(">\tException\t\"line-time\"");
			assertThat(client.read()).isNull();
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).last().asString().startsWith("closed: a line did not end");
			assertThat(server.listener().received()).hasSize(1);
		}
	}

	@Test
	void whenPeerIsSilentThenItIsPingedAndThenClosed() {
		TestOptions options = OPTIONS.withIdleTimes(SHORT, SHORT.multipliedBy(10));
		try (TestServer server = new TestServer(options); RawClient client = server.connect()) {
			assertThat(client.read()).isEqualTo("!ping@p");
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).startsWith("opened", "idle")
				.last()
				.asString()
				.startsWith("closed: nothing received");
		}
	}

	@Test
	void whenPeerDoesNotReadThenConnectionIsNotWritableAndClosedAfterATime() {
		TestOptions options = OPTIONS.withMaxMessageLength(4 * 1024 * 1024).withSlowPeerTimeout(SHORT);
		try (TestServer server = new TestServer(options); RawClient client = server.connect()) {
			// what the system takes for a peer that does not read grows meanwhile
			await().until(() -> {
				fill(server.listener());
				return server.listener().isClosed();
			});
			assertThat(server.listener().events()).startsWith("opened", "not writable")
				.last()
				.asString()
				.startsWith("closed: slow peer: not writable for");
			assertThat(client.socket().isClosed()).isFalse();
		}
	}

	@Test
	void whenPeerReadsAgainThenConnectionIsWritableAgain() {
		TestOptions options = OPTIONS.withMaxMessageLength(4 * 1024 * 1024);
		try (TestServer server = new TestServer(options); RawClient client = server.connect()) {
			int sent = fill(server.listener());
			for (int i = 0; i < sent; i++) {
				assertThat(client.read()).startsWith(">1\t\t\"xxx");
			}
			await().until(server.listener().connection()::isWritable);
			assertThat(server.listener().events()).startsWith("opened", "not writable").endsWith("writable");
		}
	}

	@Test
	void whenMuchMoreIsSentThanAllowedThenConnectionIsClosedBeforeTheTimeForSlowPeers() {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			RecordingListener listener = server.listener();
			await().pollInterval(Duration.ofMillis(1)).until(() -> {
				for (int i = 0; i < 2000; i++) {
					listener.connection().send(Response.value("1", KILOBYTE));
				}
				return listener.isClosed();
			});
			assertThat(listener.events()).anyMatch((event) -> event.matches("closed: slow peer: \\d+ bytes unsent"));
			assertThat(client.socket().isClosed()).isFalse();
		}
	}

	@Test
	void whenManyThreadsSendThenMessagesOfEachArriveInItsOrder() {
		int threads = 8;
		int messages = 2000;
		TestOptions options = OPTIONS.withMaxMessageLength(4 * 1024 * 1024);
		try (TestServer server = new TestServer(options); RawClient client = server.connect()) {
			IrpcConnection connection = server.listener().connection();
			List<CompletableFuture<Void>> senders = IntStream.range(0, threads)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> {
					for (int i = 0; i < messages; i++) {
						connection.send(Response.value("t" + thread, Payload.ofJson(String.valueOf(i))));
					}
				}))
				.toList();
			Map<String, Integer> next = new HashMap<>();
			for (int i = 0; i < threads * messages; i++) {
				String[] fields = String.valueOf(client.read()).split("\t", -1);
				assertThat(fields).hasSize(3);
				assertThat(fields[2]).isEqualTo(String.valueOf(next.merge(fields[0], 1, Integer::sum) - 1));
			}
			assertThat(senders)
				.allMatch((sender) -> sender.orTimeout(10, TimeUnit.SECONDS).handle((result, ex) -> ex == null).join());
		}
	}

	@Test
	void whenManyMessagesAreWrittenAtOnceThenAllAreReceivedInOrder() {
		int messages = 5000;
		StringBuilder lines = new StringBuilder();
		IntStream.range(0, messages).forEach((i) -> lines.append("!ping@").append(i).append('\n'));
		try (TestServer server = new TestServer(OPTIONS,
				(connection, message) -> connection
					.send(Response.value(String.valueOf(((Command) message).id()), Payload.NULL)));
				RawClient client = server.connect()) {
			client.sendBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
			for (int i = 0; i < messages; i++) {
				assertThat(client.read()).isEqualTo(">" + i + "\t\tnull");
			}
		}
	}

	@Test
	void whenPeerEndsItsInputThenItStillGetsItsAnswers() throws IOException {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			client.send("!ping@1").send("!ping@2");
			client.socket().shutdownOutput();
			assertThat(client.read()).isEqualTo(">end\t\tnull");
			assertThat(client.read()).isNull();
			await().until(server.listener()::isClosed);
			assertThat(server.listener().received()).hasSize(2);
			assertThat(server.listener().events()).containsExactly("opened", "input closed",
					"closed: the input has ended");
		}
	}

	@Test
	void whenConnectionIsClosedThenWhatWasSentBeforeArrivesAndNothingAfterIt() {
		List<String> lines = new ArrayList<>();
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			IrpcConnection connection = server.listener().connection();
			IntStream.range(0, 1000).forEach((i) -> connection.send(Response.value("x" + i, Payload.NULL)));
			connection.close("done");
			connection.send(Response.value("late", Payload.NULL));
			for (String line = client.read(); line != null; line = client.read()) {
				lines.add(line);
			}
			assertThat(lines).startsWith(">x0\t\tnull").contains(">x999\t\tnull");
			connection.send(Response.value("late", Payload.NULL));
		}
	}

	@Test
	void whenPeerResetsTheConnectionThenListenerHearsOfIt() throws IOException {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			RecordingListener listener = server.listener();
			client.socket().setSoLinger(true, 0);
			client.close();
			await().until(listener::isClosed);
			assertThat(listener.events()).startsWith("opened").last().asString().startsWith("closed: I/O error");
		}
	}

	@Test
	void whenLimitOfTheLengthIsRaisedThenLongerLinesAreTaken() {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			server.listener().connection().setMaxMessageLength(8 * 1024);
			// what is sent afterwards tells that the event loop knows the new limit
			server.listener().connection().send(RecordingListener.PING);
			assertThat(client.read()).isEqualTo("!ping@p");
			client.send("!x@1\ta=\"" + "x".repeat(5 * 1024) + '"');
			await().until(() -> server.listener().received().size() == 1);
			assertThat(server.listener().events()).containsExactly("opened");
		}
	}

	@Test
	void whenMessageBreaksTheGrammarThenItIsRefusedAndNothingIsSent() {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			IrpcConnection connection = server.listener().connection();
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connection.send(Response.value("1", Payload.ofJson("[\n]"))));
			connection.send(RecordingListener.PING);
			assertThat(client.read()).isEqualTo("!ping@p");
		}
	}

	@Test
	void whenServerStopsAcceptingThenItsConnectionsGoOnUntilItCloses() {
		try (TestServer server = new TestServer(OPTIONS); RawClient client = server.connect()) {
			server.listener();
			server.transport().stopAccepting();
			// the JDK closes the socket when its selector has run once more
			await().untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> new Socket(server.address().getAddress(), server.address().getPort()).close()));
			client.send("!ping@1");
			await().until(() -> server.listener().received().size() == 1);
			server.transport().close();
			assertThat(client.read()).isNull();
		}
	}

	@Test
	void whenPortIsInUseThenBindingFails() {
		try (TestServer server = new TestServer(OPTIONS); TestServer other = new TestServer(OPTIONS)) {
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> other.transport().bind(server.address()))
				.withMessageContaining("already in use");
		}
	}

	@Test
	void whenClientConnectsThenMessagesGoBothWays() throws Exception {
		try (TestServer server = new TestServer(OPTIONS,
				(connection, message) -> connection.send(Response.value("p", Payload.NULL)));
				IrpcClientTransport transport = new IrpcClientTransport(OPTIONS.build(), Duration.ofSeconds(10))) {
			CompletableFuture<RecordingListener> client = new CompletableFuture<>();
			transport.connect(server.address(), null, (connection) -> record(connection, client)).get();
			RecordingListener listener = client.get();
			listener.connection().send(RecordingListener.PING);
			await().until(() -> listener.received().equals(List.of(Response.value("p", Payload.NULL))));
			assertThat(server.listener().received()).containsExactly(RecordingListener.PING);
			server.close();
			await().until(listener::isClosed);
			assertThat(listener.events()).containsExactly("opened", "closed: closed by the peer");
		}
	}

	@Test
	void whenNobodyListensThenConnectingFailsAndListenerHearsNothing() throws Exception {
		TestServer server = new TestServer(OPTIONS);
		server.close();
		try (IrpcClientTransport transport = new IrpcClientTransport(OPTIONS.build(), Duration.ofSeconds(10))) {
			CompletableFuture<RecordingListener> client = new CompletableFuture<>();
			CompletableFuture<Void> connected = transport.connect(server.address(), null,
					(connection) -> record(connection, client));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(connected::get)
				.withCauseInstanceOf(ConnectException.class);
			assertThat(client.get().events()).isEmpty();
		}
	}

	private static RecordingListener record(IrpcConnection connection, CompletableFuture<RecordingListener> result) {
		RecordingListener listener = new RecordingListener(connection, (sender, message) -> {
		});
		result.complete(listener);
		return listener;
	}

	// returns how many messages were sent before the connection was not writable
	private static int fill(RecordingListener listener) {
		int sent = 0;
		while (listener.connection().isWritable() && !listener.isClosed()) {
			listener.connection().send(Response.value("1", KILOBYTE));
			sent++;
		}
		return sent;
	}

	private static byte[] clientHello() throws Exception {
		SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 1);
		engine.setUseClientMode(true);
		ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
		engine.wrap(ByteBuffer.allocate(0), bytes);
		bytes.flip();
		byte[] result = new byte[bytes.remaining()];
		bytes.get(result);
		return result;
	}

}
