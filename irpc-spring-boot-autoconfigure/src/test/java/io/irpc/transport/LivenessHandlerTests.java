package io.irpc.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.Limit;
import io.irpc.protocol.MessageDecoder;
import io.irpc.protocol.MessageFrameDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LivenessHandler} on a clock of their own.
 */
class LivenessHandlerTests {

	private static final ConnectionOptions OPTIONS = TestOptions.create()
		.withLineTimeout(Duration.ofSeconds(50))
		.withIdleTimes(Duration.ofSeconds(30), Duration.ofSeconds(90))
		.build();

	private final MessageFrameDecoder frameDecoder = new MessageFrameDecoder(new MessageDecoder(8), 1000);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final IrpcConnection connection = new IrpcConnection(this.channel, this.frameDecoder, OPTIONS);

	private final RecordingListener listener = new RecordingListener(this.connection, (sender, message) -> {
	});

	@AfterEach
	void releaseBuffers() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void whenNothingIsReceivedThenPeerIsPingedAndThenClosed() {
		open();
		advance(29);
		assertThat(this.listener.events()).isEmpty();
		advance(1);
		assertThat(this.listener.events()).containsExactly("idle");
		advance(30);
		assertThat(this.listener.events()).containsExactly("idle", "idle");
		advance(29);
		assertThat(this.channel.isOpen()).isTrue();
		advance(1);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.connection.closeReason()).isEqualTo("nothing received for PT1M30S");
		assertThat(this.listener.exceeded()).containsExactly(Limit.IDLE_TIME);
	}

	@Test
	void whenPeerSendsAnythingThenItIsNeitherPingedNorClosed() {
		open();
		for (int i = 0; i < 20; i++) {
			advance(29);
			receive("\n");
		}
		assertThat(this.listener.events()).isEmpty();
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void whenPeerAnswersPingThenItIsNotClosed() {
		open();
		for (int i = 0; i < 20; i++) {
			advance(30);
			receive(">p\t\tnull\n");
		}
		assertThat(this.listener.events()).hasSize(20).containsOnly("idle");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void whenLineGrowsButDoesNotEndThenConnectionIsClosed() {
		open();
		receive("!ping\n!pi");
		for (int i = 0; i < 49; i++) {
			advance(1);
			receive("x");
		}
		assertThat(this.channel.isOpen()).isTrue();
		advance(1);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.connection.closeReason()).isEqualTo("a line did not end within PT50S");
		assertThat(this.listener.exceeded()).containsExactly(Limit.LINE_TIME);
	}

	@Test
	void whenLineDoesNotEndThenItsBufferIsCountedUntilItEnds() {
		open();
		receive("!ping\n!" + "x".repeat(400));
		assertThat(this.listener.memory()).isGreaterThan(400);
		receive("x".repeat(400));
		assertThat(this.listener.memory()).isGreaterThan(800);
		receive("\n");
		assertThat(this.listener.memory()).isZero();
	}

	@Test
	void whenEveryLineEndsInTimeThenConnectionStaysOpenThoughThereIsAlwaysOne() {
		open();
		for (int i = 0; i < 10; i++) {
			receive("!pi");
			advance(20);
			receive("ng\n!p");
			advance(20);
			receive("ing\n");
		}
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void whenPeersAgreeOnALongerTimeThenPingAndEndComeLater() {
		open().setKeepAlive(Duration.ofSeconds(100));
		advance(99);
		assertThat(this.listener.events()).isEmpty();
		advance(1);
		assertThat(this.listener.events()).containsExactly("idle");
		advance(199);
		assertThat(this.channel.isOpen()).isTrue();
		advance(1);
		assertThat(this.connection.closeReason()).isEqualTo("nothing received for PT5M");
	}

	@Test
	void whenPeersAgreeOnAShorterTimeThenItHoldsAtOnce() {
		LivenessHandler handler = open();
		advance(10);
		handler.setKeepAlive(Duration.ofSeconds(15));
		advance(4);
		assertThat(this.listener.events()).isEmpty();
		advance(1);
		assertThat(this.listener.events()).containsExactly("idle");
		advance(29);
		assertThat(this.channel.isOpen()).isTrue();
		advance(1);
		assertThat(this.connection.closeReason()).isEqualTo("nothing received for PT45S");
	}

	@Test
	void whenConnectionIsNotEstablishedThenItsTimesDoNotRun() {
		this.channel.freezeTime();
		this.channel.pipeline().addLast(handler());
		advance(1000);
		assertThat(this.listener.events()).isEmpty();
		assertThat(this.channel.isOpen()).isTrue();
	}

	private LivenessHandler open() {
		LivenessHandler handler = handler();
		this.channel.freezeTime();
		this.channel.pipeline().addLast(handler, this.frameDecoder);
		this.channel.pipeline().fireChannelActive();
		return handler;
	}

	private LivenessHandler handler() {
		return new LivenessHandler(this.connection, this.listener, this.frameDecoder, OPTIONS);
	}

	private void advance(int seconds) {
		this.channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
		this.channel.runPendingTasks();
	}

	private void receive(String text) {
		this.channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
	}

}
