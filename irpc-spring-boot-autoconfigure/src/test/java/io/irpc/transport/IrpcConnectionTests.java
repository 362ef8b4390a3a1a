package io.irpc.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.irpc.payload.Payload;
import io.irpc.protocol.MessageDecoder;
import io.irpc.protocol.MessageFrameDecoder;
import io.irpc.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IrpcConnection} on a clock of their own.
 */
class IrpcConnectionTests {

	private static final ConnectionOptions OPTIONS = TestOptions.create()
		.withSlowPeerTimeout(Duration.ofSeconds(30))
		.build();

	private static final Payload KILOBYTE = Payload.ofJson('"' + "x".repeat(1022) + '"');

	private final DuplexEmbeddedChannel channel = new DuplexEmbeddedChannel();

	private final Peer peer = new Peer();

	private final MessageFrameDecoder frameDecoder = new MessageFrameDecoder(new MessageDecoder(8), 1000);

	private final IrpcConnection connection = new IrpcConnection(this.channel, this.frameDecoder, OPTIONS);

	private final RecordingListener listener = new RecordingListener(this.connection, (sender, message) -> {
	});

	@BeforeEach
	void openConnection() {
		this.channel.freezeTime();
		this.connection.listen(this.listener);
		this.channel.pipeline()
			.addLast(this.peer, this.frameDecoder, new ConnectionHandler(this.connection, this.listener));
	}

	@AfterEach
	void releaseBuffers() {
		this.peer.read();
		this.channel.finishAndReleaseAll();
	}

	@Test
	void whenPeerReadsSlowlyThenCloseWaitsUntilEverythingIsWritten() {
		send("x1");
		close();
		advance(29);
		assertThat(this.channel.isOpen()).isTrue();
		assertThat(this.channel.isOutputShutdown()).isFalse();
		this.peer.read();
		assertThat(written()).isEqualTo(">x1\t\tnull\n");
		assertThat(this.channel.isOutputShutdown()).isTrue();
		assertThat(this.channel.isOpen()).as("the peer has not read it yet").isTrue();
	}

	@Test
	void whenPeerReadsNothingThenCloseDoesNotWaitForEver() {
		send("x1");
		close();
		advance(30);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.listener.events()).containsExactly("closed: done");
	}

	@Test
	void whenPeerEndsItsInputAfterCloseThenConnectionIsClosedAtOnce() {
		this.peer.read();
		close();
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.endInput();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whenPeerHasEndedItsInputThenCloseDoesNotLinger() {
		this.peer.read();
		this.channel.endInput();
		assertThat(written()).isEqualTo(">end\t\tnull\n");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whenPeerGoesOnSendingAfterCloseThenItIsReadAndThrownAwayForAWhile() {
		this.peer.read();
		close();
		advance(1);
		this.channel.writeInbound(Unpooled.copiedBuffer("!ping\n", StandardCharsets.UTF_8));
		assertThat(this.channel.isOpen()).isTrue();
		assertThat(this.listener.received()).isEmpty();
		advance(1);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whenConnectionIsNotWritableForTooLongThenItIsClosed() {
		fill();
		assertThat(this.listener.events()).containsExactly("not writable");
		advance(29);
		assertThat(this.channel.isOpen()).isTrue();
		advance(1);
		assertThat(this.listener.events()).last().isEqualTo("closed: slow peer: not writable for PT30S");
	}

	@Test
	void whenConnectionIsWritableAgainInTimeThenItStaysOpen() {
		fill();
		advance(29);
		this.peer.read();
		assertThat(this.listener.events()).containsExactly("not writable", "writable");
		advance(1000);
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void whenMoreIsSentThanTheEventLoopWritesThenConnectionIsClosedByTheSender() {
		for (long bytes = 0; bytes <= OPTIONS.hardLimit(); bytes += KILOBYTE.length()) {
			this.connection.send(Response.value("x1", KILOBYTE));
		}
		assertThat(this.channel.isOpen()).as("before the event loop has run").isFalse();
	}

	@Test
	void whenMuchIsSentThenItIsWrittenInPiecesBetweenWhichTheEventLoopIsFree() {
		fill();
		assertThat(this.peer.writes()).hasSizeGreaterThan(1)
			.allSatisfy((buffer) -> assertThat(buffer.readableBytes()).isLessThan(66 * 1024));
	}

	@Test
	void whenTheEventLoopHasPutOffToWriteThenAFlushWritesAllOfIt() {
		this.peer.read();
		Batch batch = Batch.current();
		batch.open();
		this.connection.send(Response.value("x1", Payload.NULL));
		this.connection.send(Response.value("x2", Payload.NULL));
		assertThat(written()).isEmpty();
		batch.flush();
		assertThat(written()).isEqualTo(">x1\t\tnull\n>x2\t\tnull\n");
		batch.close();
	}

	private void send(String id) {
		this.connection.send(Response.value(id, Payload.NULL));
		this.channel.runPendingTasks();
	}

	private void close() {
		this.connection.close("done");
		this.channel.runPendingTasks();
	}

	private void fill() {
		for (long bytes = 0; bytes <= 2 * OPTIONS.highWaterMark(); bytes += KILOBYTE.length()) {
			this.connection.send(Response.value("x1", KILOBYTE));
		}
		this.channel.runPendingTasks();
	}

	private void advance(int seconds) {
		this.channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
		this.channel.runPendingTasks();
	}

	private String written() {
		StringBuilder text = new StringBuilder();
		for (ByteBuf buffer = this.channel.readOutbound(); buffer != null; buffer = this.channel.readOutbound()) {
			text.append(buffer.toString(StandardCharsets.UTF_8));
			buffer.release();
		}
		return text.toString();
	}

	/**
	 * Takes nothing that is written until it reads.
	 */
	private static final class Peer extends ChannelOutboundHandlerAdapter {

		private final Queue<ByteBuf> writes = new ArrayDeque<>();

		private final Queue<Runnable> deliveries = new ArrayDeque<>();

		private boolean reading;

		Queue<ByteBuf> writes() {
			return this.writes;
		}

		void read() {
			this.reading = true;
			this.writes.clear();
			for (Runnable delivery = this.deliveries.poll(); delivery != null; delivery = this.deliveries.poll()) {
				delivery.run();
			}
		}

		@Override
		public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
			if (this.reading) {
				ctx.writeAndFlush(message, promise);
				return;
			}
			this.writes.add((ByteBuf) message);
			this.deliveries.add(() -> ctx.writeAndFlush(message, promise));
		}

	}

}
