package io.irpc.payload;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads arbitrary bytes as values. Runs the recorded inputs as a test; fuzzes with
 * {@code JAZZER_FUZZ=1}.
 */
class PayloadConverterFuzzTests {

	private static final int MAX_DIGITS = 1_000 + 64;

	private final PayloadConverter converter = new PayloadConverter(new JsonMapper());

	@FuzzTest(maxDuration = "5m")
	void anyBytesBecomeValuesOrPayloadExceptions(byte[] bytes) {
		Object tree = read(bytes, JsonNode.class);
		if (tree != null) {
			assertThat(this.converter.write(tree).json()).matches("[^\\x00-\\x1F]*+");
		}
		read(bytes, Item.class);
		if (read(bytes, BigDecimal.class) instanceof BigDecimal number) {
			assertThat(number.toBigInteger().bitLength()).isLessThan(MAX_DIGITS * 4);
		}
	}

	private @Nullable Object read(byte[] bytes, Class<?> type) {
		try {
			return this.converter.read(Payload.wrap(bytes, 0, bytes.length), type);
		}
		catch (PayloadException ex) {
			assertThat(ex.getMessage()).isNotEmpty();
			return null;
		}
	}

	record Item(@Nullable String name, int count, double price, boolean sold, @Nullable Instant at, @Nullable Kind kind,
			char letter, @Nullable List<Item> parts, @Nullable Map<String, BigDecimal> sizes) {

	}

	enum Kind {

		SCREW, NUT

	}

}
