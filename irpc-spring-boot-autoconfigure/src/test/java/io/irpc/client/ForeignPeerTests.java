package io.irpc.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcService;
import io.irpc.call.NotConnectedException;
import io.irpc.call.RemoteCallException;
import io.irpc.protocol.ErrorCode;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.ScriptedServer;
import io.irpc.transport.ConnectionOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the client against peers that this project did not write.
 */
class ForeignPeerTests {

	@Test
	void aPeerThatSpeaksTheBaseOnlyIsSentNothingElse() throws InterruptedException {
		try (ScriptedServer server = new ScriptedServer(0, ForeignPeerTests::base);
				IrpcClient client = TestClients.of(server.port())) {
			assertThat(client.call("answer").argument("n", 1).argument(2).retrieve(Integer.class)).isEqualTo(42);
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).startsWith("!identify@");
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).matches("!call@\\w+\tfn:answer\tn=1\t=2");
		}
	}

	@Test
	void aProxySendsNothingThatTheServerSupplies() throws InterruptedException {
		try (ScriptedServer server = new ScriptedServer(0, ForeignPeerTests::base);
				IrpcClient client = TestClients.of(server.port())) {
			assertThat(client.proxy(Asking.class).answer(null, null, null, null, 1)).isEqualTo(42);
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).startsWith("!identify@");
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).matches("!call@\\w+\tfn:answer\tn=1");
		}
	}

	@Test
	void errorTextsOfABasePeerAreGivenTheirCodes() {
		try (ScriptedServer server = new ScriptedServer(0, ForeignPeerTests::base);
				IrpcClient client = TestClients.of(server.port())) {
			assertThatExceptionOfType(RemoteCallException.UnknownFunction.class)
				.isThrownBy(() -> client.call("other").retrieve(Integer.class))
				.withMessage("other is not a registered function!");
			assertThatExceptionOfType(RemoteCallException.class)
				.isThrownBy(() -> client.call("broken").retrieve(Integer.class))
				.withMessage("it broke")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL));
		}
	}

	@Test
	void eventsOfABasePeerAreReceived() throws InterruptedException {
		BlockingQueue<Object> events = new LinkedBlockingQueue<>();
		try (ScriptedServer server = new ScriptedServer(0, ForeignPeerTests::base);
				IrpcClient client = TestClients.of(server.port())) {
			client.listen("tick", Object.class, events::add).whenActive().join();
			String monitor = server.received()
				.stream()
				.filter((line) -> line.startsWith("!monitor@"))
				.findFirst()
				.orElseThrow();
			server.send(">" + monitor.substring(9, monitor.indexOf('\t')) + "\tSignal\t{\"n\":1}");
			assertThat(events.poll(10, TimeUnit.SECONDS)).hasToString("{n=1}");
		}
	}

	@Test
	void aPingOfTheServerIsAnsweredAndAnUnknownCommandRefused() throws InterruptedException {
		try (ScriptedServer server = new ScriptedServer(0, ForeignPeerTests::base);
				IrpcClient client = TestClients.of(server.port())) {
			client.call("answer").retrieve(Integer.class);
			server.received().clear();
			server.send("!ping@p");
			assertThat(server.received().poll(10, TimeUnit.SECONDS)).isEqualTo(">p\t\tnull");
			server.send("!call@q\tfn:x");
			assertThat(server.received().poll(10, TimeUnit.SECONDS))
				.isEqualTo(">q\tException\t\"Error. call not registered.\"");
		}
	}

	@Test
	void aSilentPeerIsPingedAndThenReplaced() {
		ConnectionOptions impatient = new ConnectionOptions(1024, 64, Duration.ofSeconds(30), Duration.ofMillis(50),
				Duration.ofMillis(150), 2048, 1024, Duration.ofSeconds(30));
		List<ConnectionState> states = new CopyOnWriteArrayList<>();
		try (ScriptedServer server = new ScriptedServer(0,
				(line) -> line.startsWith("!identify@") ? ForeignPeerTests.base(line) : null);
				IrpcClient client = TestClients
					.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), impatient, states)) {
			client.connect();
			await().untilAsserted(() -> assertThat(server.received()).anyMatch((line) -> line.startsWith("!ping@")));
			await().untilAsserted(() -> assertThat(states).containsSubsequence(ConnectionState.CONNECTED,
					ConnectionState.DISCONNECTED, ConnectionState.CONNECTING, ConnectionState.CONNECTED));
		}
	}

	@Test
	void aPeerThatFloodsWithAnswersToNothingIsLeft() {
		List<ConnectionState> states = new CopyOnWriteArrayList<>();
		try (ScriptedServer server = new ScriptedServer(0, ForeignPeerTests::base);
				IrpcClient client = TestClients.of(server.port(), states)) {
			client.call("answer").retrieve(Integer.class);
			server.send(">nobody\t\t1\n".repeat(1000).strip());
			assertThat(client.call("answer").retrieve(Integer.class)).isEqualTo(42);
			server.send(">nobody\t\t1\n>malformed\n>x\tWhat\t1");
			await().untilAsserted(() -> assertThat(states).contains(ConnectionState.DISCONNECTED));
		}
	}

	@Test
	void aCallGivenUpBeforeThereIsAConnectionIsNeverSent() throws IOException {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			List<Socket> others = fill(full);
			try (IrpcClient client = TestClients.of(full.getLocalPort())) {
				assertThatExceptionOfType(NotConnectedException.class)
					.isThrownBy(() -> client.call("charge").timeout(Duration.ofMillis(20)).retrieve(Void.class));
				CompletableFuture<@Nullable Void> asynchronous = client.call("charge")
					.timeout(Duration.ofMillis(20))
					.retrieveAsync(Void.class);
				assertThatExceptionOfType(CompletionException.class).isThrownBy(asynchronous::join)
					.withCauseInstanceOf(NotConnectedException.class);
				client.call("patient").retrieveAsync(Void.class);
				for (Socket other : others) {
					full.accept().close();
					other.close();
				}
				Socket accepted = full.accept();
				BufferedReader lines = new BufferedReader(
						new InputStreamReader(accepted.getInputStream(), StandardCharsets.UTF_8));
				assertThat(lines.readLine()).startsWith("!identify@0\t");
				accepted.getOutputStream().write(">0\tException\t\"no\"\n".getBytes(StandardCharsets.UTF_8));
				assertThat(lines.readLine()).contains("fn:patient");
			}
		}
	}

	/**
	 * Connect until nobody else can.
	 */
	private static List<Socket> fill(ServerSocket server) throws IOException {
		List<Socket> sockets = new ArrayList<>();
		while (true) {
			Socket socket = new Socket();
			try {
				socket.connect(server.getLocalSocketAddress(), 100);
				sockets.add(socket);
			}
			catch (SocketTimeoutException ex) {
				socket.close();
				return sockets;
			}
		}
	}

	private static @Nullable String base(String line) {
		if (!line.startsWith("!")) {
			return null;
		}
		int tab = line.indexOf('\t');
		String head = (tab >= 0) ? line.substring(0, tab) : line;
		String id = head.substring(head.indexOf('@') + 1);
		if (line.contains("\tfn:answer")) {
			return ">" + id + "\t\t42";
		}
		if (line.contains("\tfn:broken")) {
			return ">" + id + "\tException\t\"it broke\"";
		}
		if (line.contains("\tfn:other")) {
			return ">" + id + "\tException\t\"other is not a registered function!\"";
		}
		return line.startsWith("!monitor") ? ">" + id + "\t\tnull"
				: ">" + id + "\tException\t\"Error. " + head.substring(1, head.indexOf('@')) + " not registered.\"";
	}

	@IrpcService
	interface Asking {

		int answer(@Nullable IrpcSession session, @Nullable SessionUser user, @Nullable Authentication authentication,
				@AuthenticationPrincipal @Nullable Object principal, int n);

	}

}
