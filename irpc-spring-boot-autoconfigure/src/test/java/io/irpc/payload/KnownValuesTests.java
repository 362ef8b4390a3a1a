package io.irpc.payload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which values are remembered, and that each JSON keeps its own value.
 */
class KnownValuesTests {

	private static final Payload TRUE = Payload.ofJson("true");

	private final JsonMapper mapper = new JsonMapper();

	private final PayloadConverter converter = new PayloadConverter(this.mapper);

	private final PayloadReader<Color> colors = this.converter.reader(Color.class);

	@ParameterizedTest
	@ValueSource(classes = { boolean.class, Boolean.class })
	void whenJsonOfAFlagComesAgainThenItIsKnown(Class<?> type) {
		assertThat(KnownValues.isFor(this.mapper.constructType(type))).isTrue();
		KnownValues<Boolean> known = new KnownValues<>();
		assertThat(known.find(TRUE)).isNull();
		assertThat(known.keep(TRUE, true)).isTrue();
		assertThat(known.find(Payload.wrap("[true]".getBytes(StandardCharsets.US_ASCII), 1, 4))).isTrue();
		assertThat(known.find(Payload.ofJson("false"))).isNull();
	}

	@Test
	void whenAValueIsKnownThenItsJsonIsNotRead() {
		KnownValues<Color> known = new KnownValues<>();
		PayloadReader<Color> reader = new PayloadReader<>(this.mapper.readerFor(Color.class), () -> MemberTrees.EMPTY,
				(type) -> List.of(), known);
		known.keep(Payload.ofJson("\"RED\""), Color.GREEN);
		assertThat(reader.read(Payload.ofJson("\"RED\""))).isSameAs(Color.GREEN);
		assertThat(reader.sensitive().read(Payload.ofJson("\"RED\""))).isSameAs(Color.RED);
		assertThat(reader.read(Payload.ofJson("\"OTHER\""))).isSameAs(Color.OTHER);
		assertThat(known.find(Payload.ofJson("\"OTHER\""))).isSameAs(Color.OTHER);
	}

	@Test
	void whenTheTypeMayHaveManyValuesThenNothingIsKnown() {
		assertThat(KnownValues.isFor(this.mapper.constructType(Integer.class))).isFalse();
	}

	@Test
	void whenTheApplicationSaysWhatJsonStandsForThenItIsAskedEachTime() {
		Counting deserializer = new Counting();
		PayloadReader<Boolean> flags = new PayloadConverter(
				JsonMapper.builder().addModule(new SimpleModule().addDeserializer(Boolean.class, deserializer)).build())
			.reader(Boolean.class);
		assertThat(flags.read(TRUE)).isTrue();
		assertThat(flags.read(TRUE)).isFalse();
		PayloadReader<Counted> counted = this.converter.reader(Counted.class);
		assertThat(counted.read(Payload.ofJson("\"any\""))).isSameAs(Counted.FIRST);
		assertThat(counted.read(Payload.ofJson("\"any\""))).isSameAs(Counted.LATER);
	}

	@Test
	void whenTheApplicationChangesHowAnEnumIsReadThenItIsAskedEachTime() {
		PayloadReader<Color> reader = new PayloadConverter(
				JsonMapper.builder().addModule(new SimpleModule().setDeserializerModifier(new Alternating())).build())
			.reader(Color.class);
		assertThat(reader.read(Payload.ofJson("\"RED\""))).isSameAs(Color.GREEN);
		assertThat(reader.read(Payload.ofJson("\"RED\""))).isSameAs(Color.OTHER);
	}

	@Test
	void whenManyTextsStandForConstantsThenEachIsReadAsItIs() {
		for (int round = 0; round < 2; round++) {
			IntStream.range(0, 1000)
				.forEach((i) -> assertThat(this.colors.read(Payload.ofJson("\"unheard of " + i + "\"")))
					.isSameAs(Color.OTHER));
			assertThat(this.colors.read(Payload.ofJson("\"GREEN\""))).isSameAs(Color.GREEN);
			assertThat(this.colors.read(Payload.ofJson("null"))).isNull();
		}
	}

	@Test
	void whenBytesAreNoProperTextThenTheyStandForNothingElse() {
		KnownValues<Color> known = new KnownValues<>();
		known.keep(Payload.wrap(new byte[] { '"', (byte) 0xC1, (byte) 0x81, '"' }, 0, 4), Color.RED);
		assertThat(known.find(Payload.ofJson("\"\uFFFD\uFFFD\""))).isNull();
	}

	@Test
	void whenJsonIsNoConstantThenItIsRefusedEachTime() {
		PayloadReader<Boolean> flags = this.converter.reader(Boolean.class);
		for (int round = 0; round < 2; round++) {
			assertThat(flags.read(TRUE)).isTrue();
			assertThat(flags.read(Payload.ofJson("false"))).isFalse();
			assertRefused(flags, "true true", "more than one JSON value");
			assertRefused(flags, "[] true", "more than one JSON value");
			assertRefused(flags, "", "no JSON value");
			assertRefused(flags, "[]", "expected true or false");
		}
	}

	private static void assertRefused(PayloadReader<?> reader, String json, String message) {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> reader.read(Payload.ofJson(json)))
			.withMessage(message);
	}

	private enum Color {

		RED, GREEN,

		@JsonEnumDefaultValue
		OTHER

	}

	private enum Counted {

		FIRST, LATER;

		private static final AtomicInteger asked = new AtomicInteger();

		@JsonCreator
		static Counted of(String text) {
			return (asked.getAndIncrement() == 0) ? FIRST : LATER;
		}

	}

	private static final class Counting extends StdDeserializer<Boolean> {

		private boolean asked;

		Counting() {
			super(Boolean.class);
		}

		@Override
		public Boolean deserialize(JsonParser parser, DeserializationContext context) {
			this.asked = !this.asked;
			return this.asked;
		}

	}

	private static final class Alternating extends ValueDeserializerModifier {

		@Override
		public ValueDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			return new EnumDeserializer((EnumDeserializer) deserializer, false, null, null) {

				private boolean asked;

				@Override
				public Object deserialize(JsonParser parser, DeserializationContext context) {
					this.asked = !this.asked;
					return this.asked ? Color.GREEN : Color.OTHER;
				}

				@Override
				public ValueDeserializer<?> createContextual(DeserializationContext context,
						@Nullable BeanProperty property) {
					return this;
				}

			};
		}

	}

}
