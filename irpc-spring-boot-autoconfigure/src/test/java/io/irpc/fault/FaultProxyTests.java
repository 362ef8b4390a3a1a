package io.irpc.fault;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FaultProxy}.
 */
class FaultProxyTests {

	private static final int TIMEOUT_MILLIS = 10_000;

	private static final int SILENCE_MILLIS = 200;

	private final ServerSocket listener = listen();

	private final FaultProxy proxy = new FaultProxy(this.listener.getLocalPort());

	@SuppressWarnings("NullAway.Init")
	private Socket client;

	@SuppressWarnings("NullAway.Init")
	private Socket server;

	@BeforeEach
	void connect() throws IOException {
		reconnect();
	}

	@AfterEach
	void close() throws IOException {
		this.proxy.close();
		this.client.close();
		this.server.close();
		this.listener.close();
	}

	@Test
	void whenNothingFailsThenBytesAndEndsOfStreamsPass() throws IOException {
		send(this.client, "question");
		assertThat(read(this.server, 8)).isEqualTo("question");
		this.client.shutdownOutput();
		assertThat(this.server.getInputStream().read()).isEqualTo(-1);
		send(this.server, "answer");
		this.server.close();
		assertThat(read(this.client, 6)).isEqualTo("answer");
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
	}

	@ParameterizedTest
	@EnumSource
	void whenLinkIsToBeCutThenExactlySoManyBytesPassBefore(Side sender) throws IOException {
		for (int after = 0; after <= 4; after++) {
			this.proxy.cutNext(new Cut(sender, after, Ending.FINISH));
			reconnect();
			Socket from = (sender == Side.CLIENT) ? this.client : this.server;
			Socket to = (sender == Side.CLIENT) ? this.server : this.client;
			send(from, "abcd");
			assertThat(read(to, after)).isEqualTo("abcd".substring(0, after));
			assertThat(to.getInputStream().read()).isEqualTo(-1);
			assertThat(from.getInputStream().read()).isEqualTo(-1);
		}
		reconnect();
		assertPasses();
	}

	@Test
	void whenLinkIsResetThenBothSidesNotice() {
		this.proxy.cut(Ending.RESET);
		assertReset(this.client);
		assertReset(this.server);
		assertThat(this.proxy.isWhole(0)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void whenLinkIsHalfOpenThenOneSideNoticesAndTheOtherHearsNothing(Side dead) throws IOException {
		this.proxy.halfOpen(dead);
		assertReset((dead == Side.CLIENT) ? this.client : this.server);
		Socket waiting = (dead == Side.CLIENT) ? this.server : this.client;
		send(waiting, "anybody there?");
		assertSilent(waiting);
		reconnect();
		assertPasses();
	}

	@Test
	void whenLinkIsFrozenThenBytesPassOnceItIsHealed() throws IOException {
		this.proxy.freeze(Side.CLIENT);
		send(this.client, "abc");
		assertSilent(this.server);
		send(this.server, "xyz");
		assertThat(read(this.client, 3)).isEqualTo("xyz");
		this.proxy.heal();
		assertThat(read(this.server, 3)).isEqualTo("abc");
	}

	@Test
	void whenLinkIsSlowThenBytesPassInOrder() throws IOException {
		this.proxy.delay(Duration.ofMillis(SILENCE_MILLIS));
		send(this.client, "a");
		assertThat(read(this.server, 1)).isEqualTo("a");
		this.proxy.delay(Duration.ofHours(1));
		send(this.client, "b");
		this.proxy.heal();
		send(this.client, "c");
		assertThat(read(this.server, 2)).isEqualTo("bc");
	}

	@Test
	void whenServerDoesNotListenThenClientIsReset() throws IOException {
		this.listener.close();
		try (Socket refused = socket(new Socket(InetAddress.getLoopbackAddress(), this.proxy.port()))) {
			assertReset(refused);
		}
	}

	private void assertPasses() throws IOException {
		send(this.client, "question");
		assertThat(read(this.server, 8)).isEqualTo("question");
		send(this.server, "answer");
		assertThat(read(this.client, 6)).isEqualTo("answer");
	}

	private static void assertReset(Socket socket) {
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
			.withMessageContaining("reset");
	}

	private static void assertSilent(Socket socket) throws IOException {
		socket.setSoTimeout(SILENCE_MILLIS);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
		socket.setSoTimeout(TIMEOUT_MILLIS);
	}

	private void reconnect() throws IOException {
		int opened = this.proxy.opened();
		this.client = socket(new Socket(InetAddress.getLoopbackAddress(), this.proxy.port()));
		this.server = socket(this.listener.accept());
		await().until(() -> this.proxy.opened() > opened);
	}

	private static Socket socket(Socket socket) throws IOException {
		socket.setSoTimeout(TIMEOUT_MILLIS);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String read(Socket socket, int length) throws IOException {
		byte[] bytes = socket.getInputStream().readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("Ended after " + bytes.length + " bytes");
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static ServerSocket listen() {
		try {
			ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			listener.setSoTimeout(TIMEOUT_MILLIS);
			return listener;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
