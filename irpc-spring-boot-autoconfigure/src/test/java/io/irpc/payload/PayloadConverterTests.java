package io.irpc.payload;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.irpc.annotation.IrpcSensitive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link PayloadConverter}.
 */
class PayloadConverterTests {

	private static final int MAX_DEPTH = 64;

	private static final int MAX_NUMBER_LENGTH = 64;

	private static final int MAX_NAME_LENGTH = 256;

	private static final Item ITEM = new Item("screw", 3, List.of("a", "b"));

	private final PayloadConverter converter = new PayloadConverter(new JsonMapper());

	@Test
	void whenMapperOfApplicationIndentsThenValueIsStillOneLine() {
		JsonMapper indenting = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		assertThat(indenting.writeValueAsString(ITEM)).contains("\n");
		assertThat(new PayloadConverter(indenting).write(ITEM).json())
			.isEqualTo("{\"name\":\"screw\",\"count\":3,\"tags\":[\"a\",\"b\"]}");
		assertThat(indenting.writeValueAsString(ITEM)).as("the mapper of the application").contains("\n");
	}

	@Test
	void whenTextHasTabsAndLineFeedsThenTheyAreEscaped() {
		assertThat(this.converter.write("á\t\r\n\u0000").json()).isEqualTo("\"á\\t\\r\\n\\u0000\"");
	}

	@Test
	void whenMapperOfApplicationWritesNamesWithoutQuotesThenValueIsStillJson() {
		JsonMapper lax = JsonMapper.builder().disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES).build();
		assertThat(new PayloadConverter(lax).write(Map.of("a", 1)).json()).isEqualTo("{\"a\":1}");
	}

	@Test
	void whenMapperOfApplicationWritesNumbersThatJsonDoesNotHaveThenTheyAreStrings() {
		JsonMapper lax = JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
		assertThat(new PayloadConverter(lax).write(Double.NaN).json()).isEqualTo("\"NaN\"");
	}

	@Test
	void whenAMapperHasAFormOfItsOwnForBooleansThenItIsWritten() {
		JsonMapper numbers = JsonMapper.builder()
			.addModule(new SimpleModule().addSerializer(Boolean.class, new FlagSerializer()))
			.build();
		assertThat(new PayloadConverter(numbers).write(true, Set.of()).json()).isEqualTo("1");
		assertThat(new PayloadConverter(numbers).write(false, Set.of()).json()).isEqualTo("0");
		assertThat(this.converter.write(true, Set.of()).json()).isEqualTo("true");
	}

	@Test
	void whenManyThreadsConvertThenEachHasItsOwnValues() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(200);
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			String text = "value " + i;
			all.add(threads.submit(() -> {
				for (int j = 0; j < 200; j++) {
					Payload payload = this.converter.write(Map.of("text", text), Set.of("a" + text));
					assertThat(this.converter.<Map<String, String>>read(payload, Map.class)).containsEntry("text",
							text);
				}
			}));
		}
		for (Future<?> future : all) {
			future.get();
		}
		threads.shutdown();
	}

	@Test
	void whenMapperOfApplicationHasNamingAndModulesThenTheyApply() {
		JsonMapper naming = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
			.addModule(new SimpleModule().addSerializer(UUID.class, new UuidSerializer()))
			.build();
		PayloadConverter converter = new PayloadConverter(naming);
		assertThat(converter.members(Item.class)).containsExactly("Name", "Count", "Tags");
		assertThat(converter.write(ITEM).json()).startsWith("{\"Name\":\"screw\"");
		assertThat(converter.write(new UUID(0, 0)).json()).isEqualTo("\"uuid\"");
	}

	@Test
	void whenModulesAreGivenThenTheyAreForTheCopyAlone() {
		JsonMapper mapper = new JsonMapper();
		PayloadConverter converter = new PayloadConverter(mapper,
				new SimpleModule().addSerializer(UUID.class, new UuidSerializer()));
		assertThat(converter.write(new UUID(0, 0)).json()).isEqualTo("\"uuid\"");
		assertThat(mapper.writeValueAsString(new UUID(0, 0))).isNotEqualTo("\"uuid\"");
	}

	@Test
	void whenValueIsPayloadThenItIsTakenAsItIs() {
		Payload payload = Payload.ofJson("{ }");
		assertThat(this.converter.write(payload)).isSameAs(payload);
		assertThat(this.converter.write(null)).isSameAs(Payload.NULL);
	}

	@Test
	void whenValueHasNoMembersThenItIsAnEmptyObject() {
		assertThat(this.converter.write(new Object()).json()).isEqualTo("{}");
	}

	@Test
	void whenValueContainsItselfThenItHasNoJsonForm() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.converter.write(list))
			.withMessage("The value has no JSON form");
	}

	@Test
	void whenNestingIsDeeperThanAllowedThenJsonIsMalformed() {
		assertThatCode(() -> read(nested(MAX_DEPTH), Object.class)).doesNotThrowAnyException();
		assertMalformed(nested(MAX_DEPTH + 1), Object.class);
		assertMalformed("{\"unknown\":" + nested(MAX_DEPTH) + "}", Item.class);
	}

	@Test
	void whenNumberIsLongerThanAllowedThenJsonIsMalformed() {
		assertThat(read("1".repeat(MAX_NUMBER_LENGTH), BigDecimal.class)).isNotNull();
		assertMalformed("1".repeat(MAX_NUMBER_LENGTH + 1), BigDecimal.class);
		assertMalformed("0." + "1".repeat(MAX_NUMBER_LENGTH), BigDecimal.class);
		assertMalformed("{\"unknown\":" + "1".repeat(MAX_NUMBER_LENGTH + 1) + "}", Item.class);
	}

	@Test
	void whenNameIsLongerThanAllowedThenJsonIsMalformed() {
		assertThat(read("{\"" + "n".repeat(MAX_NAME_LENGTH) + "\":1}", Map.class)).isNotNull();
		assertMalformed("{\"" + "n".repeat(MAX_NAME_LENGTH + 1) + "\":1}", Map.class);
		assertMalformed("{\"" + "n".repeat(MAX_NAME_LENGTH + 1) + "\":1}", Item.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e1000", "1E1000", "1e+1000", "-1.5e-1000", "[1,2e9999999999]",
			"{\"a\":\"\\\"\",\"b\":1e1000}", "{\"\\\\\":1e1000}", "1e0000001", "1e309", "1e+400", "[1E999]" })
	void whenExponentIsOutOfBoundsThenJsonIsMalformed(String json) {
		assertMalformed(json, Object.class);
		assertMalformed(json, JsonNode.class);
	}

	@Test
	void whenExponentIsWithinBoundsThenNumberIsRead() {
		assertThat(read("1e308", BigDecimal.class)).isEqualTo(new BigDecimal("1e308"));
		assertThat(read("1.7976931348623157E308", Object.class)).isEqualTo(Double.MAX_VALUE);
		assertThat(read("4.9E-324", Object.class)).isEqualTo(Double.MIN_VALUE);
		assertThat(read("-1.5E-999", BigDecimal.class)).isEqualTo(new BigDecimal("-1.5e-999"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"1e1000\"", "\"\\\"1e1000\"", "\"\\\\\\\"e1000\"", "{\"e1000\":\"e1000\"}", "\"äe1000\"" })
	void whenExponentStandsInsideTextThenItIsNotLimited(String json) {
		assertThat(read(json, Object.class)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" })
	void whenTextIsNotUtf8ThenJsonIsMalformed(String charset) {
		byte[] bytes = "1e999999999".getBytes(Charset.forName(charset));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.converter.read(Payload.wrap(bytes, 0, bytes.length), BigDecimal.class))
			.matches(PayloadException::isMalformed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[\"\u00ff", "\"\u00c3", "\"\u00c3\"", "\"\u00ed\u00a0\u0080\"" })
	void whenBytesAreNotUtf8ThenJsonIsMalformed(String latin) {
		byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.converter.read(Payload.wrap(bytes, 0, bytes.length), Object.class))
			.matches(PayloadException::isMalformed);
	}

	@ParameterizedTest
	@EnumSource
	void whenMapperOfApplicationReadsMoreThanJsonThenPayloadMustStillBeJson(JsonReadFeature feature) {
		JsonMapper lax = JsonMapper.builder().enable(feature).build();
		PayloadConverter converter = new PayloadConverter(lax);
		String json = switch (feature) {
			case ALLOW_JAVA_COMMENTS -> "/*\"*/1e999999999/*\"*/";
			case ALLOW_YAML_COMMENTS -> "#\"\r1e999999999";
			case ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER -> "\"\\x\"";
			case ALLOW_SINGLE_QUOTES -> "['\"',1e999999999,'\"']";
			case ALLOW_RS_CONTROL_CHAR -> "\u001e1";
			case ALLOW_UNESCAPED_CONTROL_CHARS -> "\"\u0001\"";
			case ALLOW_UNQUOTED_PROPERTY_NAMES -> "{a:1}";
			case ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS -> ".5";
			case ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS -> "+5";
			case ALLOW_LEADING_ZEROS_FOR_NUMBERS -> "05";
			case ALLOW_NON_NUMERIC_NUMBERS -> "NaN";
			case ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS -> "5.";
			case ALLOW_MISSING_VALUES -> "[1,,2]";
			case ALLOW_TRAILING_COMMA -> "[1,]";
		};
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> converter.read(Payload.ofJson(json), Object.class))
			.matches(PayloadException::isMalformed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":\"a\",\"name\":\"a\"}", "{\"unknown\":{\"a\":1,\"a\":2}}" })
	void whenMemberStandsTwiceThenJsonIsMalformed(String json) {
		assertMalformed(json, Item.class);
		assertMalformed(json, Map.class);
		assertMalformed(json, JsonNode.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1 2", "1 x", "{} {}", "[1]]", "\"a\" \"b\"" })
	void whenSomethingStandsBehindTheValueThenJsonIsMalformed(String json) {
		assertMalformed(json, Object.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[1,", "\"a", "tru", "nul", "x", "-", "\"\u0000\"" })
	void whenJsonIsNotCompleteThenItIsMalformed(String json) {
		assertMalformed(json, Object.class);
		assertMalformed(json, JsonNode.class);
	}

	@Test
	void whenMapperOfApplicationIsStricterThenUnknownAndMissingMembersAreStillAllowed() {
		JsonMapper strict = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
		PayloadConverter converter = new PayloadConverter(strict);
		assertThat(converter.<Item>read(Payload.ofJson("{\"name\":\"nut\",\"color\":{\"r\":1}}"), Item.class))
			.isEqualTo(new Item("nut", 0, null));
		assertThat(converter.<Item>read(Payload.ofJson("{\"count\":null}"), Item.class))
			.isEqualTo(new Item(null, 0, null));
	}

	@Test
	void whenFractionIsGivenForWholeNumberThenItIsNotCutOff() {
		assertMismatch("1.5", int.class, "expected a whole number");
	}

	@Test
	void whenValueIsOfAnotherShapeThenMessageNamesMemberAndWhatIsExpected() {
		assertMismatch("{\"count\":\"secret\"}", Item.class, "member count: expected a whole number");
		assertMismatch("{\"tags\":\"secret\"}", Item.class, "member tags: expected an array");
		assertMismatch("{\"name\":{\"secret\":1}}", Item.class, "member name: expected a string");
		assertMismatch("{\"count\":123456789012}", Item.class, "member count: number out of range");
		assertMismatch("[{\"count\":1},{\"count\":[]}]", Item[].class, "member [1].count: expected a whole number");
		assertMismatch("\"secret\"", Item.class, "expected an object");
		assertMismatch("\"secret\"", Map.class, "expected an object");
		assertMismatch("\"secret\"", boolean.class, "expected true or false");
		assertMismatch("\"secret\"", double.class, "expected a number");
		assertMismatch("\"secret\"", BigDecimal.class, "expected a number");
		assertMismatch("\"secret\"", Instant.class, "expected an ISO-8601 Instant");
		assertMismatch("\"a secret\"", Color.class, "expected one of RED, GREEN");
		assertMismatch("{\"secret\":1}", Color.class, "expected one of RED, GREEN");
		assertMismatch("\"secret\"", char.class, "expected a string of one character");
		assertMismatch("\"secret\"", Character.class, "expected a string of one character");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"color":"BLUE"}                        | member color: "BLUE" is not one of RED, GREEN
					{"colors":["RED","BLUE"]}               | element colors[1]: "BLUE" is not one of RED, GREEN
					{"byColor":{"RED":1,"BLUE":2}}          | member byColor: "BLUE" is not one of RED, GREEN
					{"byName":{"sky":"BLUE"}}               | member byName.sky: "BLUE" is not one of RED, GREEN
					{"parts":[{"color":"RED"},{"color":7}]} | member parts[1].color: expected one of RED, GREEN
					{"spelled":"BLUE"}                      | member spelled: "BLUE" is not one of red, green
					{"coded":"BLUE"}                        | member coded: "BLUE" is not one of r, g
					{"count":123456789012}                  | member count: number out of range (expected: -2147483648 to 2147483647)
					{"total":9223372036854775808}           | member total: number out of range (expected: -9223372036854775808 to 9223372036854775807)
					{"required":{"b":1}}                    | member required.a: is missing
					""")
	void whenPeerIsOfAnotherVersionThenMessageNamesMemberAndWhatIsExpected(String json, String message) {
		assertThat(refusal(json, Part.class)).hasMessage(message);
	}

	@Test
	void whenEnumHasADefaultThenUnknownConstantIsReadAsIt() {
		assertThat(read("\"BLUE\"", Lenient.class)).isEqualTo(Lenient.OTHER);
	}

	@Test
	void whenEnumIsLargeThenMessageTellsItsFirstConstants() {
		assertThat(refusal("\"NONE\"", Character.UnicodeScript.class).getMessage())
			.startsWith("\"NONE\" is not one of COMMON, LATIN, ")
			.endsWith(", … (" + Character.UnicodeScript.values().length + " in all)")
			.hasSizeLessThan(500);
	}

	@Test
	void whenEnumIsSensitiveThenItsConstantIsNotTold() {
		PayloadReader<Object> reader = this.converter.reader(Color.class).sensitive();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> reader.read(Payload.ofJson("\"BLUE\"")))
			.withMessage("expected one of RED, GREEN");
	}

	@Test
	void whenConstructorRefusesTheValueThenMessageShowsNeitherClassNorValue() {
		assertMismatch("{\"name\":\"secret\"}", Picky.class, "not a value of the expected type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"word\":{\"secret\":1}}", "{\"word\":\"secret",
			"{\"word\":\"secret\",\"number\":\"secret\"}", "{\"number\":secret}" })
	void whenMemberIsSensitiveThenProblemHasNoCauseThatCouldTellIt(String json) {
		PayloadException ex = refusal(json, Secretive.class);
		assertThat(ex).hasNoCause();
		assertThat(ex.getMessage()).doesNotContain("secret");
		assertThat(refusal(json.replace("word", "name"), Item[].class)).hasCauseInstanceOf(RuntimeException.class);
	}

	@Test
	void whenWholeValueIsSensitiveThenProblemShowsNoPieceOfIt() {
		PayloadReader<Object> reader = this.converter.reader(Map.class).sensitive();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> reader.read(Payload.ofJson("{\"secret\":1,\"secret\":2}")))
			.withNoCause()
			.withMessageNotContaining("secret");
	}

	@Test
	void whenTypeCannotBeReadThenMessageShowsNoClass() {
		assertMismatch("{\"name\":\"secret\"}", Runnable.class, "");
	}

	@Test
	void whenJsonIsNullThenValueIsNull() {
		assertThat(read("null", Item.class)).isNull();
	}

	@Test
	void whenPayloadIsPartOfAnArrayThenOnlyThatPartIsRead() {
		byte[] array = "1[2]3e9999".getBytes(StandardCharsets.UTF_8);
		assertThat(this.converter.<List<Integer>>read(Payload.wrap(array, 1, 3), List.class)).containsExactly(2);
	}

	@Test
	void membersAreThoseOfTheJsonInTheirOrder() {
		assertThat(this.converter.members(Item.class)).containsExactly("name", "count", "tags");
		assertThat(this.converter.members(Renamed.class)).containsExactly("other");
		assertThat(this.converter.members(String.class)).isEmpty();
		assertThat(this.converter.members(List.class)).isEmpty();
		assertThat(this.converter.members(Object.class)).isEmpty();
	}

	private @Nullable Object read(String json, Class<?> type) {
		return this.converter.read(Payload.ofJson(json), type);
	}

	private void assertMalformed(String json, Class<?> type) {
		PayloadException ex = refusal(json, type);
		assertThat(ex.isMalformed()).as("%s is malformed: %s", json, ex.getMessage()).isTrue();
		assertThat(ex.getMessage()).doesNotContain("java", "jackson", "Item");
	}

	private void assertMismatch(String json, Class<?> type, String message) {
		PayloadException ex = refusal(json, type);
		assertThat(ex.isMalformed()).as("%s is malformed: %s", json, ex.getMessage()).isFalse();
		assertThat(ex.getMessage()).contains(message)
			.doesNotContain("secret", "12345", "java", "jackson", type.getSimpleName() + "\"", "Tests", "Runnable");
	}

	private PayloadException refusal(String json, Class<?> type) {
		PayloadException ex = catchThrowableOfType(PayloadException.class, () -> read(json, type));
		assertThat(ex).as("refusal of %s", json).isNotNull();
		return ex;
	}

	private static String nested(int depth) {
		return "[".repeat(depth) + "]".repeat(depth);
	}

	record Item(@Nullable String name, int count, @Nullable List<String> tags) {

	}

	record Secretive(@IrpcSensitive String word, int number) {

	}

	record Renamed(@JsonProperty("other") String name) {

	}

	record Picky(String name) {

		Picky {
			throw new IllegalStateException("Bad name " + name);
		}

	}

	enum Color {

		RED, GREEN

	}

	enum Spelled {

		@JsonProperty("red")
		RED,

		@JsonProperty("green")
		GREEN

	}

	enum Coded {

		RED("r"), GREEN("g");

		@JsonValue
		final String code;

		Coded(String code) {
			this.code = code;
		}

	}

	enum Lenient {

		RED, @JsonEnumDefaultValue
		OTHER

	}

	record Part(Color color, List<Color> colors, Map<Color, Integer> byColor, Map<String, Color> byName,
			List<Part> parts, Spelled spelled, Coded coded, int count, long total, Required required) {

	}

	record Required(@JsonProperty(required = true) String a, int b) {

	}

	private static final class UuidSerializer extends StdSerializer<UUID> {

		UuidSerializer() {
			super(UUID.class);
		}

		@Override
		public void serialize(UUID value, JsonGenerator generator, SerializationContext context) {
			generator.writeString("uuid");
		}

	}

	private static final class FlagSerializer extends ValueSerializer<Boolean> {

		@Override
		public void serialize(Boolean value, JsonGenerator generator, SerializationContext context) {
			generator.writeNumber(value ? 1 : 0);
		}

	}

}
