package io.irpc.payload;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which values are remembered, and that each JSON keeps its own value.
 */
class KnownValuesTests {

	private final AtomicInteger conversions = new AtomicInteger();

	private final PayloadConverter converter = new PayloadConverter(
			JsonMapper.builder().addModule(new SimpleModule().addDeserializer(Color.class, new Counting())).build());

	private final PayloadReader<Color> colors = this.converter.reader(Color.class);

	@Test
	void whenJsonOfAConstantComesAgainThenItIsNotConvertedAgain() {
		Payload part = Payload.wrap("[\"RED\"]".getBytes(), 1, 5);
		assertThat(this.colors.read(Payload.ofJson("\"RED\""))).isSameAs(Color.RED);
		assertThat(this.colors.read(part)).isSameAs(Color.RED);
		assertThat(this.conversions).hasValue(1);
	}

	@Test
	void whenTheTypeIsSensitiveAsAWholeThenNothingIsRemembered() {
		PayloadReader<Color> sensitive = this.colors.sensitive();
		assertThat(sensitive.read(Payload.ofJson("\"RED\""))).isSameAs(Color.RED);
		assertThat(sensitive.read(Payload.ofJson("\"RED\""))).isSameAs(Color.RED);
		assertThat(this.conversions).hasValue(2);
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
	void whenJsonIsNoConstantThenItIsRefusedEachTime() {
		PayloadReader<Boolean> flags = this.converter.reader(Boolean.class);
		for (int round = 0; round < 2; round++) {
			assertThat(flags.read(Payload.ofJson("true"))).isTrue();
			assertThat(flags.read(Payload.ofJson("false"))).isFalse();
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> flags.read(Payload.ofJson("true true")))
				.withMessage("more than one JSON value");
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> flags.read(Payload.ofJson("")))
				.withMessage("no JSON value");
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> flags.read(Payload.ofJson("[]")))
				.withMessage("expected true or false");
		}
	}

	private enum Color {

		RED, GREEN,

		@JsonEnumDefaultValue
		OTHER

	}

	private final class Counting extends StdDeserializer<Color> {

		Counting() {
			super(Color.class);
		}

		@Override
		public Color deserialize(JsonParser parser, DeserializationContext context) {
			KnownValuesTests.this.conversions.incrementAndGet();
			String text = parser.getString();
			return text.equals("RED") ? Color.RED : text.equals("GREEN") ? Color.GREEN : Color.OTHER;
		}

	}

}
