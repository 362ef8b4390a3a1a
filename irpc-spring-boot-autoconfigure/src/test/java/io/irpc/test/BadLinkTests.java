package io.irpc.test;

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

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BadLink}.
 */
class BadLinkTests {

	private static final int TIMEOUT_MILLIS = 10_000;

	private static final int SILENCE_MILLIS = 200;

	private final ServerSocket listener = listen();

	private final BadLink link = BadLink.to(this.listener.getLocalPort());

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
		this.link.close();
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
		assertThat(this.link.passed(Side.CLIENT)).isEqualTo(8);
		assertThat(this.link.passed(Side.SERVER)).isEqualTo(6);
		await().until(() -> !this.link.isWhole(0));
	}

	@Test
	void whenNothingFailsThenResetsPass() throws IOException {
		this.client.setSoLinger(true, 0);
		this.client.close();
		assertReset(this.server);
	}

	@Test
	void muchPassesToWhoeverReadsSlowly() throws IOException {
		byte[] much = new byte[8 * 1024 * 1024];
		Thread writer = new Thread(() -> {
			try {
				this.client.getOutputStream().write(much);
				this.client.shutdownOutput();
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		});
		writer.start();
		await().until(() -> this.link.passed(Side.CLIENT) > 0);
		assertThat(this.server.getInputStream().readAllBytes()).hasSameSizeAs(much);
	}

	@ParameterizedTest
	@EnumSource
	void whenConnectionIsToBeCutThenExactlySoManyBytesPassBefore(Side sender) throws IOException {
		for (int after = 0; after <= 4; after++) {
			this.link.cutNextAfter(sender, after, Ending.FINISH);
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

	@ParameterizedTest
	@EnumSource
	void whenConnectionIsToBeResetThenExactlySoManyBytesPassBefore(Side sender) throws IOException {
		this.link.cutNextAfter(sender, 2, Ending.RESET);
		reconnect();
		Socket from = (sender == Side.CLIENT) ? this.client : this.server;
		Socket to = (sender == Side.CLIENT) ? this.server : this.client;
		send(from, "abcd");
		assertThat(read(to, 2)).isEqualTo("ab");
		assertReset(to);
		assertReset(from);
		assertThat(this.link.passed(sender)).isEqualTo(2);
	}

	@Test
	void whenConnectionsAreResetThenBothSidesNotice() {
		this.link.reset();
		assertReset(this.client);
		assertReset(this.server);
		assertThat(this.link.isWhole(0)).isFalse();
	}

	@Test
	void whenConnectionsAreFinishedThenBothSidesReadTheEnd() throws IOException {
		this.link.finish();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		assertThat(this.server.getInputStream().read()).isEqualTo(-1);
		assertThat(this.link.isWhole(0)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void whenConnectionIsHalfOpenThenOneSideNoticesAndTheOtherHearsNothing(Side notices) throws IOException {
		this.link.halfOpen(notices);
		assertReset((notices == Side.CLIENT) ? this.client : this.server);
		Socket waiting = (notices == Side.CLIENT) ? this.server : this.client;
		send(waiting, "anybody there?");
		assertSilent(waiting);
		reconnect();
		assertPasses();
	}

	@Test
	void whenOneSideIsFrozenThenItsBytesPassOnceItIsThawed() throws IOException {
		this.link.freeze(Side.CLIENT);
		send(this.client, "abc");
		assertSilent(this.server);
		send(this.server, "xyz");
		assertThat(read(this.client, 3)).isEqualTo("xyz");
		this.link.thaw();
		assertThat(read(this.server, 3)).isEqualTo("abc");
	}

	@Test
	void whenLinkIsFrozenThenNotEvenEndsPass() throws IOException {
		this.link.freeze();
		send(this.client, "abc");
		this.client.close();
		assertSilent(this.server);
		this.link.heal();
		assertThat(read(this.server, 3)).isEqualTo("abc");
		assertThat(this.server.getInputStream().read()).isEqualTo(-1);
	}

	@Test
	void whenLinkIsSlowThenBytesPassInOrder() throws IOException {
		this.link.delay(Duration.ofMillis(SILENCE_MILLIS));
		send(this.client, "a");
		assertThat(read(this.server, 1)).isEqualTo("a");
		this.link.delay(Duration.ofHours(1));
		send(this.client, "b");
		this.link.heal();
		send(this.client, "c");
		assertThat(read(this.server, 2)).isEqualTo("bc");
	}

	@Test
	void whenLinkIsNarrowThenBytesPassNevertheless() throws IOException {
		this.link.bandwidth(DataSize.ofKilobytes(10));
		send(this.client, "x".repeat(1000));
		assertThat(read(this.server, 1000)).hasSize(1000);
		this.link.bandwidth(DataSize.ofBytes(1));
		send(this.client, "y".repeat(1000));
		assertSilent(this.server);
		this.link.heal();
		assertThat(read(this.server, 1000)).hasSize(1000);
		assertThatIllegalArgumentException().isThrownBy(() -> this.link.bandwidth(DataSize.ofBytes(0)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.link.delay(Duration.ofMillis(-1)));
	}

	@Test
	void whenThingsHappenAtRandomThenTheyAreThoseOfTheSeed() throws IOException {
		RandomFaults faults = RandomFaults.ofSeed(42).cutWithin(100).delayUpTo(Duration.ofMillis(1));
		this.link.random(faults);
		int cuts = 0;
		for (int number = 1; number <= 20; number++) {
			reconnect();
			Cut cut = faults.fate(number).cut();
			if (cut != null) {
				long before = this.link.passed(cut.sender());
				send((cut.sender() == Side.CLIENT) ? this.client : this.server, "x".repeat(101));
				int opened = number;
				await().until(() -> !this.link.isWhole(opened));
				assertThat(this.link.passed(cut.sender()) - before).isEqualTo(cut.after());
				cuts++;
			}
		}
		assertThat(cuts).isBetween(1, 19);
		this.link.heal();
		reconnect();
		assertPasses();
	}

	@Test
	void whenLinkIsClosedThenItSaysSoAndMayBeClosedAgain() {
		BadLink closed = BadLink.to(1);
		closed.close();
		closed.close();
		assertThatIllegalStateException().isThrownBy(closed::freeze).withMessage("The link is closed");
	}

	@Test
	void whenWhatItIsGivenMakesNoSenseThenItSaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> BadLink.to(70000))
			.withMessage("Port 70000 (expected: 1 to 65535)");
		assertThatIllegalArgumentException().isThrownBy(() -> BadLink.to(0));
		try (BadLink good = BadLink.to(1)) {
			assertThatIllegalArgumentException().isThrownBy(() -> good.isWhole(0))
				.withMessage("Connection 0 (expected: one of the 0 from 0 on)");
		}
	}

	@Test
	void whenServerDoesNotListenThenClientIsReset() throws IOException {
		this.listener.close();
		try (Socket refused = socket(new Socket(InetAddress.getLoopbackAddress(), this.link.port()))) {
			assertReset(refused);
		}
		assertThat(this.link.connections()).isEqualTo(1);
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
		int opened = this.link.connections();
		this.client = socket(new Socket(InetAddress.getLoopbackAddress(), this.link.port()));
		this.server = socket(this.listener.accept());
		await().until(() -> this.link.connections() > opened);
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
