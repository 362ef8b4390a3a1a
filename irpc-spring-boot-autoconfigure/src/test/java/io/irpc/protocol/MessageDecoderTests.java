package io.irpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.irpc.payload.Payload;
import io.irpc.protocol.ProtocolException.Consequence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link MessageDecoder}.
 */
class MessageDecoderTests {

	private static final int MAX_PARAMETERS = 4;

	private static final String LONGEST_ID = "x".repeat(64);

	private final MessageDecoder decoder = new MessageDecoder(MAX_PARAMETERS);

	@Test
	void commandHasNameIdInternalsAndArgumentsInTheOrderOfTheLine() {
		assertThat(decode("!call@22\tfn:a.b\tlista=[1,2]\t={\"x\":null}")).isEqualTo(new Command("call", "22",
				Map.of("fn", "a.b"), List.of(argument("lista", "[1,2]"), argument(null, "{\"x\":null}"))));
	}

	@Test
	void descriptionOfAMessageHasNoValues() {
		assertThat(String.valueOf(decode("!call@22\tfn:a.b\tword:secret\tword=\"secret\"\t={\"secret\":1}")))
			.contains("call", "22", "word")
			.doesNotContain("secret");
		assertThat(String.valueOf(decode(">22\t\t\"secret\""))).contains("22").doesNotContain("secret");
	}

	@Test
	void whenCommandHasNoIdThenIdIsNull() {
		assertThat(decode("!ping")).isEqualTo(new Command("ping", null, Map.of(), List.of()));
	}

	@Test
	void whenNothingStandsBehindAtThenIdIsEmpty() {
		assertThat(decode("!ping@")).isEqualTo(new Command("ping", "", Map.of(), List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "0", "Az_-09", "-", "_" })
	void whenIdHasLettersDigitsUnderscoresAndHyphensThenItIsTaken(String id) {
		assertThat(decode("!ping@" + id)).isEqualTo(new Command("ping", id, Map.of(), List.of()));
		assertThat(decode(">" + id + "\t\t1")).isEqualTo(Response.value(id, Payload.ofJson("1")));
	}

	@Test
	void whenIdHas64CharactersThenItIsTakenAndOneMoreIsRefused() {
		assertThat(decode("!ping@" + LONGEST_ID)).isEqualTo(new Command("ping", LONGEST_ID, Map.of(), List.of()));
		assertRefused("!ping@" + LONGEST_ID + "x", Consequence.ANSWER, null);
		assertThat(decode(">" + LONGEST_ID + "\t\t1")).isInstanceOf(Response.class);
		assertRefused(">" + LONGEST_ID + "x\t\t1", Consequence.DROP, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a.b", "a@b", "a:b", "a=b", "ä", "a\rb", "a\u0000" })
	void whenIdHasOtherCharactersThenNoIdIsAnswered(String id) {
		assertRefused("!ping@" + id, Consequence.ANSWER, null);
		assertRefused(">" + id + "\t\t1", Consequence.DROP, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "A", "getList", "a_1", "z9" })
	void whenNameIsAnIdentifierThenItIsTaken(String name) {
		assertThat(decode("!" + name + "@1\t" + name + ":x\t" + name + "=1"))
			.isEqualTo(new Command(name, "1", Map.of(name, "x"), List.of(argument(name, "1"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1a", "_a", "a-b", "a.b", "a b", " a", "ä", "a\u0000" })
	void whenNameIsNoIdentifierThenTheErrorIsAnsweredToTheId(String name) {
		assertRefused("!" + name + "@7", Consequence.ANSWER, "7");
		assertRefused("!" + name + "@", Consequence.ANSWER, "");
		assertRefused("!" + name, Consequence.ANSWER, null);
		assertRefused("!x@7\t" + name + ":y", Consequence.ANSWER, "7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1a", "_a", "a-b", "a.b", "a b", " a", "ä", "a\u0000" })
	void whenArgumentNameIsNoIdentifierThenTheErrorIsAnsweredToTheId(String name) {
		assertRefused("!x@7\t" + name + "=1", Consequence.ANSWER, "7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "a=\":\" | a | \":\"", "a==  | a | =", "a=b:c | a | b:c" })
	void whenEqualsSignComesFirstThenParameterIsAnArgument(String parameter, String name, String json) {
		assertThat(decode("!x\t" + parameter))
			.isEqualTo(new Command("x", null, Map.of(), List.of(argument(name, json))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "fn:x | x", "fn:a=b | a=b", "fn:: | :", "fn:a b | a b" })
	void whenColonComesFirstThenParameterIsInternal(String parameter, String value) {
		assertThat(decode("!x\t" + parameter)).isEqualTo(new Command("x", null, Map.of("fn", value), List.of()));
	}

	@Test
	void whenInternalHasNoValueThenItIsEmpty() {
		assertThat(decode("!x\tlist:")).isEqualTo(new Command("x", null, Map.of("list", ""), List.of()));
	}

	@Test
	void whenInternalIsAllOfPrintableAsciiThenItIsTaken() {
		String printable = IntStream.range(' ', 0x7F).mapToObj(Character::toString).collect(Collectors.joining());
		assertThat(decode("!x\ta:" + printable)).isEqualTo(new Command("x", null, Map.of("a", printable), List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ä", "\u0000", "\u001F", "\u007F", "a\rb" })
	void whenInternalIsNotPrintableAsciiThenItIsRefused(String value) {
		assertRefused("!x@7\ta:" + value, Consequence.ANSWER, "7");
	}

	@Test
	void whenInternalStandsTwiceThenItIsRefused() {
		assertRefused("!x@7\ta:1\ta:1", Consequence.ANSWER, "7");
	}

	@Test
	void whenArgumentStandsTwiceThenBothAreKept() {
		assertThat(decode("!x\ta=1\ta=2"))
			.isEqualTo(new Command("x", null, Map.of(), List.of(argument("a", "1"), argument("a", "2"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "!x@7\t", "!x@7\ty", "!x@7\t\ta=1", "!x@7\ta=1\t" })
	void whenParameterHasNeitherColonNorEqualsSignThenItIsRefused(String line) {
		assertRefused(line, Consequence.ANSWER, "7");
	}

	@Test
	void whenThereAreMoreParametersThanAllowedThenCommandIsRefused() {
		assertThat(decode("!x@7" + "\t=1".repeat(MAX_PARAMETERS))).isInstanceOf(Command.class);
		assertRefused("!x@7" + "\t=1".repeat(MAX_PARAMETERS + 1), Consequence.ANSWER, "7");
		assertRefused("!x@7\ta:1\tb:2\t=1\t=2\t=3", Consequence.ANSWER, "7");
	}

	@Test
	void whenTooManyParametersFollowThenTheyAreNotLookedAt() {
		assertThat(refusal("!x@7" + "\t=1".repeat(MAX_PARAMETERS) + "\tbroken")).hasMessageContaining("Too many");
	}

	@ParameterizedTest
	@EnumSource
	void responseHasIdTypeAndValue(Response.Type type) {
		assertThat(decode(">a1\t" + type.wireName() + "\t{\"ä\":1}"))
			.isEqualTo(new Response("a1", type, Payload.ofJson("{\"ä\":1}")));
	}

	@Test
	void whenResponseHasNoIdThenItIsEmpty() {
		assertThat(decode(">\t\tnull")).isEqualTo(Response.value("", Payload.NULL));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { ">", ">1", ">1\t", ">1\tnull", ">1\t\t1\t2", ">1\t\t1\t", ">1\tsignal\t1", ">1\tValue\t1" })
	void whenResponseIsInvalidThenItIsDropped(String line) {
		assertRefused(line, Consequence.DROP, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r", "#", "#!ping", "# \t\u0000ä", "#\r" })
	void whenLineIsEmptyOrCommentThenItIsIgnored(String line) {
		assertThat(decode(line)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", " !ping", "\t", "\r\r", "\u0016\u0003\u0001", "ping", "\u0000" })
	void whenLineStartsWithAnythingElseThenConnectionIsClosed(String line) {
		assertRefused(line, Consequence.CLOSE, null);
	}

	@Test
	void whenLineEndsWithCarriageReturnThenItIsNotPartOfTheMessage() {
		assertThat(decode("!call@1\tfn:x\r")).isEqualTo(decode("!call@1\tfn:x"));
		assertThat(decode("!call@1\tx=1\r")).isEqualTo(decode("!call@1\tx=1"));
		assertThat(decode("!ping\r")).isEqualTo(decode("!ping"));
		assertThat(decode(">1\t\t2\r")).isEqualTo(decode(">1\t\t2"));
	}

	@Test
	void whenJsonIsMalformedThenItIsStillTheValue() {
		assertThat(decode(">1\t\t{")).isEqualTo(Response.value("1", Payload.ofJson("{")));
	}

	@Test
	void textsOfRefusalsAreNotThoseOfThePeer() {
		assertThat(List.of(refusal("!secret%"), refusal("!x@secret%"), refusal("!x\tsecret"), refusal("!x\ta:secretä"),
				refusal("secret"), refusal(">secret")))
			.allSatisfy((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	private @Nullable IrpcMessage decode(String line) {
		return this.decoder.decode(line.getBytes(StandardCharsets.UTF_8));
	}

	private void assertRefused(String line, Consequence consequence, @Nullable String id) {
		ProtocolException ex = refusal(line);
		assertThat(ex.consequence()).isEqualTo(consequence);
		assertThat(ex.commandId()).isEqualTo(id);
		assertThat(ex.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
	}

	private ProtocolException refusal(String line) {
		ProtocolException ex = catchThrowableOfType(ProtocolException.class, () -> decode(line));
		assertThat(ex).as("refusal of %s", line).isNotNull();
		return ex;
	}

	private static Argument argument(@Nullable String name, String json) {
		return new Argument(name, Payload.ofJson(json));
	}

}
