package io.irpc.payload;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.InputDecorator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Scalars} and {@link ScalarCodec}: what is read and written the short
 * way comes to the same as in the ordinary way.
 */
class ScalarsTests {

	private static final List<String> JSON = List.of("0", "-0", "7", "-7", "127", "128", "32768", "2147483647",
			"2147483648", "9223372036854775807", "9223372036854775808", "1.0", "1.5", "-1.5e3", "1e5", "1E+2", "1e308",
			"1e309", "1e1000", "00", "01", "-", "+1", "1.", ".5", "1e", "0x1", "1 2", "1,2", "1]", "1x", "1//", " 1",
			"1 ", "\t1", "NaN", "Infinity", "true", "null", "nul", "[1]", "[]", "{}", "{\"a\":1}", "", " ", "\"\"",
			"\"a\"", "\"1\"", "\" 1 \"", "\"true\"", "\"null\"", "\"a", "\"a\"b", "\"a\" \"b\"", "\"a\" ",
			"\"\\u0041\\n\\\"\\\\\"", "\"\\x\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\u00e4\u20ac\ud83d\ude00\"",
			"\"\u0001\"", "\"\t\"", "'a'", "\ufeff1", "\ufeff\"a\"", "1\u0000", "\"" + "x".repeat(254) + "\"",
			"\"" + "x".repeat(255) + "\"", "\"" + "\u20ac".repeat(84) + "\"", "1".repeat(64), "1".repeat(65),
			"1".repeat(256), "0." + "1".repeat(100), "1" + " ".repeat(255), "1" + " ".repeat(256));

	private final JsonMapper mapper = new JsonMapper();

	private final Scalars scalars = new Scalars(this.mapper);

	private final PayloadConverter converter = new PayloadConverter(this.mapper);

	// whoever handles problems sees how values are read
	private final PayloadConverter ordinary = new PayloadConverter(
			JsonMapper.builder().addHandler(new DeserializationProblemHandler() {
			}).build());

	@ParameterizedTest
	@ValueSource(classes = { byte.class, short.class, int.class, long.class, float.class, double.class, Byte.class,
			Short.class, Integer.class, Long.class, Float.class, Double.class, String.class })
	void whenJsonIsReadThenItComesToTheSameAsInTheOrdinaryWay(Class<?> type) {
		PayloadReader<Object> reader = this.converter.reader(type);
		PayloadReader<Object> other = this.ordinary.reader(type);
		SplittableRandom random = new SplittableRandom(type.getName().hashCode());
		Stream
			.concat(JSON.stream().map(Payload::ofJson),
					IntStream.range(0, 2_000).mapToObj((i) -> mutant(JSON.get(random.nextInt(JSON.size())), random)))
			.forEach((payload) -> assertThat(outcome(reader, payload)).as(payload.json())
				.isEqualTo(outcome(other, payload)));
	}

	private static Payload mutant(String json, SplittableRandom random) {
		byte[] bytes = Payload.ofJson("  " + json).array();
		for (int i = random.nextInt(3); i > 0; i--) {
			bytes[random.nextInt(bytes.length)] = random.nextBoolean() ? (byte) random.nextInt(256)
					: (byte) "0123456789.eE+-\"\\u nt".charAt(random.nextInt(20));
		}
		int offset = random.nextInt(3);
		return Payload.wrap(bytes, offset, Math.max(0, bytes.length - offset - random.nextInt(3)));
	}

	private static Object outcome(PayloadReader<?> reader, Payload payload) {
		try {
			return String.valueOf(reader.read(payload));
		}
		catch (PayloadException ex) {
			return List.of(String.valueOf(ex.getMessage()), ex.isMalformed());
		}
	}

	@Test
	void whenJsonIsANumberOrAShortStringThenItIsReadTheShortWay() {
		Shortcut<Integer> numbers = this.scalars.reader(type(int.class));
		Shortcut<String> texts = this.scalars.reader(type(String.class));
		for (int round = 0; round < 2; round++) {
			assertThat(numbers.find(Payload.ofJson("-42"))).isEqualTo(-42);
			assertThat(texts.find(Payload.ofJson("\"a\""))).isEqualTo("a");
			assertThat(texts.find(Payload.ofJson("\"" + "x".repeat(255) + "\""))).isNull();
			assertThat(numbers.find(Payload.ofJson("4 2"))).isNull();
			assertThat(numbers.find(Payload.ofJson("[42]"))).isNull();
			assertThat(numbers.find(Payload.ofJson("null"))).isNull();
			assertThat(numbers.find(Payload.ofJson("\"42\""))).isNull();
			assertThat(texts.find(Payload.ofJson("42"))).isNull();
			assertThat(numbers.find(Payload.ofJson(""))).isNull();
		}
	}

	@Test
	void whenAValueIsANumberOrAShortStringThenItIsWrittenTheShortWay() {
		for (int round = 0; round < 2; round++) {
			for (Object value : values()) {
				Payload written = this.scalars.write(value);
				assertThat(written).as(String.valueOf(value))
					.isEqualTo(PayloadConverter.write(value, this.mapper.writer()));
				assertThat(this.converter.write(value)).isEqualTo(written);
			}
			assertThat(this.scalars.write("x".repeat(257))).isNull();
			assertThat(this.scalars.write(List.of(1))).isNull();
		}
	}

	private static List<Object> values() {
		List<Object> values = new ArrayList<>(List.of(true, false, (byte) 1, (short) -2, 3, Integer.MIN_VALUE, 4L,
				Long.MAX_VALUE, 1.5f, -0.1, 1e300, Double.NaN, Float.POSITIVE_INFINITY));
		values.addAll(List.of("", "a", "\ud83d", "\ud83dx", "\ude00", "x\ude00x", "\"\\\n\u0001",
				"\u00e4\u20ac\ud83d\ude00", "\u20ac".repeat(256)));
		return values;
	}

	@Test
	void whenTheApplicationHasItsOwnWayThenItIsAsked() {
		PayloadConverter own = new PayloadConverter(JsonMapper.builder()
			.addModule(new SimpleModule().addDeserializer(Integer.class, new Doubling())
				.addSerializer(Integer.class, new Quoting())
				.addSerializer(Boolean.class, new Toggling()))
			.build());
		assertThat(own.write(true).json()).isEqualTo("true");
		assertThat(own.write(true).json()).isEqualTo("false");
		assertThat(own.<Integer>read(Payload.ofJson("21"), Integer.class)).isEqualTo(42);
		assertThat(own.write(42).json()).isEqualTo("\"42\"");
		assertThat(own.write(42L).json()).isEqualTo("42");
	}

	@Test
	void whenTheApplicationChangesJsonOnItsWayThenEachValueIsChanged() {
		JsonFactory factory = JsonFactory.builder()
			.inputDecorator(new Sevens())
			.addDecorator((made, generator) -> new Counting(generator))
			.build();
		PayloadConverter own = new PayloadConverter(new JsonMapper(factory));
		for (int round = 0; round < 2; round++) {
			assertThat(own.<Integer>read(Payload.ofJson("42"), Integer.class)).isEqualTo(7);
			assertThat(own.write(42).json()).isEqualTo("1");
		}
	}

	@Test
	void whenAValueIsOfAnotherTypeThenTheParserIsKept() {
		ScalarCodec codec = new ScalarCodec(this.mapper.reader());
		ObjectReader reader = this.mapper.readerFor(Integer.class)
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		for (String json : List.of("42", "99999999999", "\"a\"", "1.0e9999")) {
			assertThat(codec.<Integer>read(Payload.ofJson(json), reader)).isEqualTo(json.equals("42") ? 42 : null);
			assertThat(codec.take()).as(json).isTrue();
		}
		assertThat(codec.<Integer>read(Payload.ofJson("42 \"a"), reader)).isNull();
		assertThat(codec.take()).isFalse();
	}

	@Test
	void whenManyThreadsReadAndWriteThenEachGetsItsOwn() {
		PayloadReader<String> reader = this.converter.reader(String.class);
		assertThat(IntStream.range(0, 100_000)
			.parallel()
			.filter((i) -> !("text " + i).equals(reader.read(this.converter.write("text " + i))))).isEmpty();
	}

	private JavaType type(Class<?> type) {
		return this.mapper.constructType(type);
	}

	private static final class Doubling extends StdDeserializer<Integer> {

		Doubling() {
			super(Integer.class);
		}

		@Override
		public Integer deserialize(JsonParser parser, DeserializationContext context) {
			return 2 * parser.getIntValue();
		}

	}

	private static final class Quoting extends StdSerializer<Integer> {

		Quoting() {
			super(Integer.class);
		}

		@Override
		public void serialize(Integer value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(String.valueOf(value));
		}

	}

	private static final class Toggling extends StdSerializer<Boolean> {

		private boolean asked;

		Toggling() {
			super(Boolean.class);
		}

		@Override
		public void serialize(Boolean value, JsonGenerator generator, SerializationContext context) {
			this.asked = !this.asked;
			generator.writeBoolean(this.asked);
		}

	}

	private static final class Sevens extends InputDecorator {

		@Override
		public InputStream decorate(IOContext context, InputStream in) {
			return new ByteArrayInputStream(new byte[] { '7' });
		}

		@Override
		public InputStream decorate(IOContext context, byte[] source, int offset, int length) {
			return new ByteArrayInputStream(new byte[] { '7' });
		}

		@Override
		public Reader decorate(IOContext context, Reader in) {
			return in;
		}

	}

	private static final class Counting extends JsonGeneratorDelegate {

		private int count;

		Counting(JsonGenerator generator) {
			super(generator);
		}

		@Override
		public JsonGenerator writeNumber(int value) {
			this.count++;
			return super.writeNumber(this.count);
		}

	}

}
