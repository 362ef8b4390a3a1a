package io.irpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MessageEncoder}.
 */
class MessageEncoderTests {

	private static final Payload ONE = Payload.ofJson("1");

	@Test
	void commandIsOneLineWithItsParameters() {
		Map<String, String> internals = new LinkedHashMap<>();
		internals.put("add", "errs");
		internals.put("ev", "a.b");
		assertThat(encode(
				new Command("callback", "c1", internals, List.of(argument("file", "\"ä\""), argument(null, "[1]")))))
			.isEqualTo("!callback@c1\tadd:errs\tev:a.b\tfile=\"ä\"\t=[1]\n");
	}

	@Test
	void whenCommandHasNoIdThenNoAtIsWritten() {
		assertThat(encode(command("ping", null))).isEqualTo("!ping\n");
		assertThat(encode(command("ping", ""))).isEqualTo("!ping@\n");
	}

	@ParameterizedTest
	@EnumSource
	void responseIsOneLineOfThreeFields(Response.Type type) {
		assertThat(encode(new Response("x1", type, ONE))).isEqualTo(">x1\t" + type.wireName() + "\t1\n");
	}

	@Test
	void whenResponseHasNoIdThenItsFieldIsEmpty() {
		assertThat(encode(Response.value("", Payload.NULL))).isEqualTo(">\t\tnull\n");
	}

	@Test
	void whenValueIsPartOfAnArrayThenOnlyThatPartIsWritten() {
		byte[] array = "\n[1]\t".getBytes(StandardCharsets.UTF_8);
		assertThat(encode(Response.value("1", Payload.wrap(array, 1, 3)))).isEqualTo(">1\t\t[1]\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\tb", "a\nb", "a\rb", "a b", "ä", "a@b", "a.b", "a\u0000" })
	void whenNameOrIdHasOtherCharactersThenMessageIsRefused(String text) {
		assertRefused(command(text, "1"));
		assertRefused(command("x", text));
		assertRefused(Response.value(text, ONE));
		assertRefused(new Command("x", "1", Map.of(text, "y"), List.of()));
		assertRefused(new Command("x", "1", Map.of(), List.of(argument(text, "1"))));
	}

	@Test
	void whenNameIsEmptyThenMessageIsRefused() {
		assertRefused(command("", "1"));
		assertRefused(new Command("x", "1", Map.of("", "y"), List.of()));
		assertRefused(new Command("x", "1", Map.of(), List.of(argument("", "1"))));
	}

	@Test
	void whenIdIsTooLongThenMessageIsRefused() {
		assertThat(encode(command("x", "i".repeat(64)))).hasSize(68);
		assertRefused(command("x", "i".repeat(65)));
		assertRefused(Response.value("i".repeat(65), ONE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\t", "\n", "\r", "\u0000", "\u001F", "\u007F", "ä", "a\nb" })
	void whenInternalIsNotPrintableAsciiThenMessageIsRefused(String value) {
		assertRefused(new Command("x", "1", Map.of("a", value), List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1,\n2]", "[1,\r2]", "[1,\t2]", "\"\u0000\"", "1\n" })
	void whenValueHasControlCharacterThenMessageIsRefused(String json) {
		assertRefused(Response.value("1", Payload.ofJson(json)));
		assertRefused(new Command("x", "1", Map.of(), List.of(argument("a", json))));
	}

	@Test
	void whenNameIsRefusedThenTextShowsIt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MessageEncoder.measure(new Command("call", "1", Map.of("fn", "a\tb"), List.of())))
			.withMessage("The protocol does not allow fn 'a\\u0009b'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MessageEncoder.measure(new Command("call", "1", Map.of(), List.of(argument("a b", "1")))))
			.withMessage("The protocol does not allow argument name 'a b'");
	}

	@Test
	void whenMessageIsRefusedThenTextDoesNotShowTheValue() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MessageEncoder.measure(Response.value("1", Payload.ofJson("\"secret\n\""))))
			.withMessageContaining("control character")
			.withMessageNotContaining("secret");
	}

	private static String encode(IrpcMessage message) {
		ByteBuf line = Unpooled.buffer();
		MessageEncoder.encode(message, line);
		assertThat(MessageEncoder.measure(message)).isEqualTo(line.readableBytes());
		return line.toString(StandardCharsets.UTF_8);
	}

	private static void assertRefused(IrpcMessage message) {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageEncoder.measure(message));
	}

	private static Command command(String name, @Nullable String id) {
		return new Command(name, id, Collections.emptyMap(), Collections.emptyList());
	}

	private static Argument argument(@Nullable String name, String json) {
		return new Argument(name, Payload.ofJson(json));
	}

}
