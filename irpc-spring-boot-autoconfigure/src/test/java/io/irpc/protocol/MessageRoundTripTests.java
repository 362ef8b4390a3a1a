package io.irpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.irpc.payload.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with random messages that {@link MessageEncoder} and {@link MessageDecoder}
 * agree.
 */
class MessageRoundTripTests {

	private static final int ROUNDS = 20_000;

	private static final String VALID = "abzAZ019_";

	private static final String HOSTILE = "\t\n\r\u0000\u001F \u007F@:=!>#.-\"{}ä\u2028\uD83D\uDE00\uD800";

	private final MessageDecoder decoder = new MessageDecoder(16);

	private final Random random = new Random(20261121);

	private int hostility;

	@Test
	void whenFieldsAreValidThenDecodingGivesTheMessageEncoded() {
		this.hostility = 0;
		for (int round = 0; round < ROUNDS; round++) {
			IrpcMessage message = message();
			assertThat(encode(message)).as("%s", message).isNotNull();
		}
	}

	@Test
	void whenFieldsAreAnyTextThenMessageIsOneLineOrRefused() {
		this.hostility = 4;
		int refused = 0;
		for (int round = 0; round < ROUNDS; round++) {
			refused += (encode(message()) == null) ? 1 : 0;
		}
		assertThat(refused).as("messages of both kinds are among them").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
	}

	private @Nullable ByteBuf encode(IrpcMessage message) {
		int length;
		try {
			length = MessageEncoder.measure(message);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		ByteBuf line = Unpooled.buffer(length);
		MessageEncoder.encode(message, line);
		assertThat(line.readableBytes()).as("%s", message).isEqualTo(length);
		assertThat(line.bytesBefore((byte) '\n')).as("%s", message).isEqualTo(length - 1);
		assertThat(this.decoder.decode(ByteBufUtil.getBytes(line, 0, length - 1))).isEqualTo(message);
		return line;
	}

	private IrpcMessage message() {
		if (this.random.nextBoolean()) {
			Response.Type[] types = Response.Type.values();
			return new Response(id(), types[this.random.nextInt(types.length)], payload());
		}
		Map<String, String> internals = new HashMap<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			internals.put(name(), raw());
		}
		List<Argument> arguments = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			arguments.add(new Argument(this.random.nextBoolean() ? name() : null, payload()));
		}
		return new Command(name(), this.random.nextBoolean() ? id() : null, internals, arguments);
	}

	private String id() {
		return text(VALID + "-", this.random.nextInt(8));
	}

	private String name() {
		return isHostile() ? text(VALID, 3) : "n" + text(VALID, this.random.nextInt(8));
	}

	private String raw() {
		return text(VALID + " :=@#!>{}\"'\\~", this.random.nextInt(8));
	}

	// padded on both sides, as a value is a part of an array
	private Payload payload() {
		byte[] value = text(VALID + " {}[]\":=@#!>,ä\u2028\u007F\uD83D\uDE00", this.random.nextInt(16))
			.getBytes(StandardCharsets.UTF_8);
		byte[] array = new byte[value.length + 2];
		System.arraycopy(value, 0, array, 1, value.length);
		return Payload.wrap(array, 1, value.length);
	}

	private String text(String alphabet, int length) {
		String characters = isHostile() ? alphabet + HOSTILE : alphabet;
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			text.append(characters.charAt(this.random.nextInt(characters.length())));
		}
		return text.toString();
	}

	// one field in so many is hostile, so that the others do not hide what becomes of it
	private boolean isHostile() {
		return this.hostility > 0 && this.random.nextInt(this.hostility) == 0;
	}

}
