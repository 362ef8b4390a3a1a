package io.irpc.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

import io.irpc.support.TlsClient;
import io.irpc.transport.ServerSecurity.PlainText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the handlers that a server's connection passes before it is opened, with peers
 * anywhere and on a clock of their own.
 */
class TlsDetectorTests {

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	private static final String LOCAL = "127.0.0.1";

	private static final String REMOTE = "192.0.2.1";

	private static final String REFUSAL = ">\tException\t\"This server needs TLS: it accepts plain text from its own"
			+ " machine only.\"\n";

	private final List<RecordingListener> listeners = new ArrayList<>();

	private final List<EmbeddedChannel> channels = new ArrayList<>();

	@AfterEach
	void releaseBuffers() {
		this.channels.forEach(EmbeddedChannel::finishAndReleaseAll);
	}

	@ParameterizedTest
	@CsvSource({ LOCAL + ", LOCAL", "::1, LOCAL", REMOTE + ", ANY" })
	void whenPlainTextIsAcceptedThenTheFirstByteOpensTheConnection(String peer, PlainText plainText) {
		EmbeddedChannel channel = accept(peer, tls(plainText));
		assertThat(listener().events()).isEmpty();
		send(channel, "!pi");
		assertThat(listener().events()).containsExactly("opened");
		send(channel, "ng@1\n");
		assertThat(listener().received()).hasSize(1);
		assertThat(listener().connection().isEncrypted()).isFalse();
		channel.advanceTimeBy(11, TimeUnit.SECONDS);
		channel.runScheduledPendingTasks();
		assertThat(channel.isOpen()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenPeerOnAnotherMachineSendsPlainTextThenItIsToldAndNothingIsOpened(boolean offersTls) {
		EmbeddedChannel channel = accept(REMOTE,
				offersTls ? tls(PlainText.LOCAL) : new ServerSecurity(null, PlainText.LOCAL, TEN_SECONDS));
		send(channel, "!login@1\tusername=\"u\"\tpassword=\"p\"\n!ping@2\n");
		send(channel, "!ping@3\n");
		assertThat(written(channel)).isEqualTo(REFUSAL);
		channel.close();
		assertThat(listener().events()).isEmpty();
		assertThat(listener().received()).isEmpty();
		assertThat(listener().connection().isLocal()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ LOCAL + ", LOCAL", REMOTE + ", ANY" })
	void whenThereIsNoTlsAndPlainTextIsAcceptedThenTheConnectionIsOpenedAtOnce(String peer, PlainText plainText) {
		accept(peer, new ServerSecurity(null, plainText, TEN_SECONDS));
		assertThat(listener().events()).containsExactly("opened");
	}

	@Test
	void whenPeerIsSilentThenItsTimeIsAbsolute() {
		EmbeddedChannel channel = accept(REMOTE, tls(PlainText.LOCAL));
		send(channel, "\u0016");
		channel.advanceTimeBy(9, TimeUnit.SECONDS);
		channel.runScheduledPendingTasks();
		send(channel, "\u0003");
		assertThat(channel.isOpen()).isTrue();
		channel.advanceTimeBy(1, TimeUnit.SECONDS);
		channel.runScheduledPendingTasks();
		channel.runPendingTasks();
		assertThat(channel.isOpen()).isFalse();
		assertThat(listener().events()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ LOCAL + ", LOCAL, true", REMOTE + ", ANY, true", REMOTE + ", LOCAL, false" })
	void whenPeerSaysNothingThenItsConnectionGoesOnIfPlainTextIsAccepted(String peer, PlainText plainText,
			boolean goesOn) {
		EmbeddedChannel channel = accept(peer, tls(plainText));
		channel.advanceTimeBy(11, TimeUnit.SECONDS);
		channel.runScheduledPendingTasks();
		channel.runPendingTasks();
		assertThat(channel.isOpen()).isEqualTo(goesOn);
		assertThat(listener().events().contains("opened")).isEqualTo(goesOn);
		if (goesOn) {
			send(channel, "!ping@1\n");
			assertThat(listener().received()).hasSize(1);
		}
	}

	@Test
	void whenBytesOfTlsTrickleInOneByOneThenTheConnectionIsOpenedAfterTheHandshake() throws SSLException {
		EmbeddedChannel channel = accept(REMOTE, tls(PlainText.LOCAL));
		SSLEngine client = TlsClient.context(null).createSSLEngine();
		client.setUseClientMode(true);
		client.beginHandshake();
		ByteBuffer received = ByteBuffer.allocate(64 * 1024).flip();
		while (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
			assertThat(listener().events()).isEmpty();
			received = step(channel, client, received);
		}
		trickle(channel, wrap(client, "!ping@1\n"));
		assertThat(listener().events()).containsExactly("opened");
		assertThat(listener().received()).hasSize(1);
		assertThat(listener().connection().isEncrypted()).isTrue();
	}

	// does what the client's handshake needs next
	private static ByteBuffer step(EmbeddedChannel channel, SSLEngine client, ByteBuffer received) throws SSLException {
		switch (client.getHandshakeStatus()) {
			case NEED_TASK -> client.getDelegatedTask().run();
			case NEED_WRAP -> trickle(channel, wrap(client, ""));
			default -> {
				ByteBuffer more = ByteBuffer.allocate(64 * 1024).put(received);
				for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
					more.put(buffer.nioBuffer());
					buffer.release();
				}
				more.flip();
				client.unwrap(more, ByteBuffer.allocate(64 * 1024));
				return more;
			}
		}
		return received;
	}

	private static byte[] wrap(SSLEngine client, String text) throws SSLException {
		ByteBuffer record = ByteBuffer.allocate(64 * 1024);
		client.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), record);
		byte[] result = new byte[record.flip().remaining()];
		record.get(result);
		return result;
	}

	private static void trickle(EmbeddedChannel channel, byte[] bytes) {
		for (byte one : bytes) {
			channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { one }));
		}
		channel.runPendingTasks();
	}

	private static ServerSecurity tls(PlainText plainText) {
		return new ServerSecurity(TestTls.security().tls(), plainText, TEN_SECONDS);
	}

	private EmbeddedChannel accept(String peer, ServerSecurity security) {
		ConnectionInitializer initializer = new ConnectionInitializer(TestOptions.create().build(), (connection) -> {
			RecordingListener listener = new RecordingListener(connection, (sender, message) -> {
			});
			this.listeners.add(listener);
			return listener;
		}, new DefaultChannelGroup(GlobalEventExecutor.INSTANCE), new ServerEntrance(security));
		EmbeddedChannel channel = new PeerChannel(peer);
		this.channels.add(channel);
		channel.freezeTime();
		channel.pipeline().addLast(initializer);
		channel.pipeline().fireChannelActive();
		return channel;
	}

	private RecordingListener listener() {
		return this.listeners.get(0);
	}

	private static void send(EmbeddedChannel channel, String text) {
		channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
		channel.runPendingTasks();
	}

	private static String written(EmbeddedChannel channel) {
		StringBuilder text = new StringBuilder();
		for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
			text.append(buffer.toString(StandardCharsets.UTF_8));
			buffer.release();
		}
		return text.toString();
	}

	/**
	 * A channel whose peer has an address of the network.
	 */
	private static final class PeerChannel extends DuplexEmbeddedChannel {

		private final SocketAddress peer;

		PeerChannel(String peer) {
			this.peer = new InetSocketAddress(peer, 1);
		}

		@Override
		protected SocketAddress remoteAddress0() {
			return this.peer;
		}

	}

}
