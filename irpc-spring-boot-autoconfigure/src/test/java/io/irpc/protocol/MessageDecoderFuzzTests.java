package io.irpc.protocol;

import java.util.ArrayList;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.irpc.protocol.ProtocolException.Consequence;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds arbitrary bytes to the codec. Runs the recorded inputs as a test; fuzzes with
 * {@code JAZZER_FUZZ=1}.
 */
class MessageDecoderFuzzTests {

	private static final int MAX_LENGTH = 512;

	private static final MessageDecoder decoder = new MessageDecoder(8);

	@FuzzTest(maxDuration = "10m")
	void anyBytesBecomeMessagesOrErrors(byte[] bytes) {
		List<Object> whole = read(bytes, Math.max(1, bytes.length));
		int size = 1 + bytes.length % 7;
		assertThat(read(bytes, size)).as("in pieces of %d bytes", size).isEqualTo(whole);
		for (int i = 0; i < whole.size(); i++) {
			if (whole.get(i) instanceof IrpcMessage message) {
				checkEncoding(message);
			}
			else if (((Refusal) whole.get(i)).consequence() == Consequence.CLOSE) {
				assertThat(i).as("nothing is read behind it").isEqualTo(whole.size() - 1);
			}
		}
	}

	private static List<Object> read(byte[] bytes, int size) {
		EmbeddedChannel channel = new EmbeddedChannel(new MessageFrameDecoder(decoder, MAX_LENGTH));
		for (int i = 0; i < bytes.length; i += size) {
			channel.writeInbound(Unpooled.copiedBuffer(bytes, i, Math.min(size, bytes.length - i)));
		}
		channel.finish();
		List<Object> messages = new ArrayList<>();
		for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
			messages.add((message instanceof ProtocolException ex)
					? new Refusal(ex.consequence(), ex.commandId(), ex.getMessage()) : message);
		}
		return messages;
	}

	private static void checkEncoding(IrpcMessage message) {
		ByteBuf line = encode(message);
		if (line != null) {
			assertThat(line.indexOf(0, line.writerIndex(), (byte) '\n')).isEqualTo(line.writerIndex() - 1);
			assertThat(decoder.decode(ByteBufUtil.getBytes(line, 0, line.writerIndex() - 1))).isEqualTo(message);
		}
	}

	// a value may have control characters, as it is not parsed; such a one is not encoded
	private static @Nullable ByteBuf encode(IrpcMessage message) {
		int length;
		try {
			length = MessageEncoder.measure(message);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		ByteBuf line = Unpooled.buffer(length);
		MessageEncoder.encode(message, line);
		assertThat(line.readableBytes()).isEqualTo(length);
		return line;
	}

	private record Refusal(Consequence consequence, @Nullable String commandId, String message) {

	}

}
