package io.irpc.payload;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PayloadFilter}.
 */
class PayloadFilterTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final PayloadConverter converter = new PayloadConverter(MAPPER);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			// equals, not
			"{\"a.equals\":\"x\"}            | {\"a\":\"x\"}               | true",
			"{\"a.equals\":\"x\"}            | {\"a\":\"X\"}               | false",
			"{\"a.equals\":\"1\"}            | {\"a\":1}                   | false",
			"{\"a.equals\":1}                | {\"a\":1}                   | true",
			"{\"a.equals\":1}                | {\"a\":1.0}                 | true",
			"{\"a.equals\":1.50}             | {\"a\":1.5}                 | true",
			"{\"a.equals\":100}              | {\"a\":1e2}                 | true",
			"{\"a.equals\":9007199254740993} | {\"a\":9007199254740992}    | false",
			"{\"a.equals\":true}             | {\"a\":true}                | true",
			"{\"a.equals\":true}             | {\"a\":\"true\"}            | false",
			"{\"a.equals\":null}             | {\"a\":null}                | true",
			"{\"a.equals\":null}             | {}                          | false",
			"{\"a.equals\":null}             | {\"a\":0}                   | false",
			"{\"a.equals\":[1,{\"b\":2}]}    | {\"a\":[1.0,{\"b\":2.0}]}   | true",
			"{\"a.equals\":[1,2]}            | {\"a\":[2,1]}               | false",
			"{\"a.equals\":[1,2]}            | {\"a\":[1]}                 | false",
			"{\"a.equals\":{\"b\":1,\"c\":2}} | {\"a\":{\"c\":2,\"b\":1}}  | true",
			"{\"a.equals\":{\"b\":1}}        | {\"a\":{\"b\":1,\"c\":2}}   | false",
			"{\"a.equals\":{}}               | {\"a\":[]}                  | false",
			"{\"a.not\":\"x\"}               | {\"a\":\"x\"}               | false",
			"{\"a.not\":\"x\"}               | {\"a\":\"y\"}               | true",
			"{\"a.not\":1}                   | {\"a\":1.0}                 | false",
			"{\"a.not\":\"x\"}               | {}                          | true",
			"{\"a.not\":null}                | {}                          | true",
			"{\"a.not\":null}                | {\"a\":null}                | false",
			// in
			"{\"a.in\":[\"x\",\"y\"]}        | {\"a\":\"y\"}               | true",
			"{\"a.in\":[\"x\",\"y\"]}        | {\"a\":\"z\"}               | false",
			"{\"a.in\":[1,null]}             | {\"a\":1.0}                 | true",
			"{\"a.in\":[1,null]}             | {\"a\":null}                | true",
			"{\"a.in\":[1,null]}             | {}                          | false",
			"{\"a.in\":[]}                   | {\"a\":1}                   | false",
			"{\"a.in\":[[1]]}                | {\"a\":[1]}                 | true",
			"{\"a.in\":[1]}                  | {\"a\":[1]}                 | false",
			// gt, gte, lt, lte
			"{\"a.gt\":3}                    | {\"a\":3}                   | false",
			"{\"a.gt\":3}                    | {\"a\":3.0001}              | true",
			"{\"a.gte\":3}                   | {\"a\":3.0}                 | true",
			"{\"a.gte\":3}                   | {\"a\":2}                   | false",
			"{\"a.lt\":3}                    | {\"a\":2}                   | true",
			"{\"a.lt\":3}                    | {\"a\":3}                   | false",
			"{\"a.lte\":3}                   | {\"a\":3}                   | true",
			"{\"a.lte\":3}                   | {\"a\":4}                   | false",
			"{\"a.gt\":9}                    | {\"a\":10}                  | true",
			"{\"a.gt\":\"9\"}                | {\"a\":\"10\"}              | false",
			"{\"a.gt\":3}                    | {\"a\":\"4\"}               | false",
			"{\"a.lt\":\"4\"}                | {\"a\":3}                   | false",
			"{\"a.lt\":3}                    | {\"a\":null}                | false",
			"{\"a.lt\":3}                    | {\"a\":false}               | false",
			"{\"a.lt\":3}                    | {\"a\":[1]}                 | false",
			"{\"a.lt\":3}                    | {}                          | false",
			"{\"a.gte\":\"b\"}               | {\"a\":\"b\"}               | true",
			"{\"a.gt\":\"B\"}                | {\"a\":\"a\"}               | true",
			"{\"a.gt\":\"\uFF5E\"}           | {\"a\":\"\uD83D\uDE00\"}    | true",
			"{\"a.lt\":1e308}                | {\"a\":1e-999}              | true",
			"{\"a.gt\":1e307}                | {\"a\":99e308}              | true",
			"{\"a.gt\":\"2026-11-21T18:00:00Z\"} | {\"a\":\"2026-11-21T18:00:00.5Z\"}     | true",
			"{\"a.gt\":\"2026-11-21T18:00:00Z\"} | {\"a\":\"2026-11-21T18:30:00+02:00\"}  | false",
			"{\"a.lte\":\"2026-11-21T18:00:00Z\"} | {\"a\":\"2026-11-21T18:00:00.000Z\"}  | true",
			"{\"a.gt\":\"2026-11-21T18:00:00Z\"} | {\"a\":\"2026-11-21\"}                 | false",
			"{\"a.gt\":\"2026-11-21\"}       | {\"a\":\"2026-11-21T18:00:00Z\"}           | true",
			// startsWith, endsWith, contains
			"{\"a.startsWith\":\"ab\"}       | {\"a\":\"abc\"}             | true",
			"{\"a.startsWith\":\"bc\"}       | {\"a\":\"abc\"}             | false",
			"{\"a.startsWith\":\"1\"}        | {\"a\":12}                  | false",
			"{\"a.endsWith\":\"bc\"}         | {\"a\":\"abc\"}             | true",
			"{\"a.endsWith\":\"ab\"}         | {\"a\":\"abc\"}             | false",
			"{\"a.endsWith\":\"\"}           | {}                          | false",
			"{\"a.contains\":\"b\"}          | {\"a\":\"abc\"}             | true",
			"{\"a.contains\":\"d\"}          | {\"a\":\"abc\"}             | false",
			"{\"a.contains\":1}              | {\"a\":\"1\"}               | false",
			"{\"a.contains\":1}              | {\"a\":[0,1.0]}             | true",
			"{\"a.contains\":\"b\"}          | {\"a\":[\"abc\"]}           | false",
			"{\"a.contains\":null}           | {\"a\":[null]}              | true",
			"{\"a.contains\":{\"b\":1}}      | {\"a\":[{\"b\":1}]}         | true",
			"{\"a.contains\":\"b\"}          | {\"a\":{\"b\":1}}           | false",
			"{\"a.contains\":\"b\"}          | {}                          | false",
			// exists
			"{\"a.exists\":true}             | {\"a\":1}                   | true",
			"{\"a.exists\":true}             | {\"a\":null}                | true",
			"{\"a.exists\":true}             | {}                          | false",
			"{\"a.exists\":false}            | {}                          | true",
			"{\"a.exists\":false}            | {\"a\":null}                | false",
			// paths
			"{\"a.b.c.equals\":1}            | {\"a\":{\"b\":{\"c\":1}}}   | true",
			"{\"a.b.c.equals\":1}            | {\"a\":{\"b\":1}}           | false",
			"{\"a.b.equals\":1}              | {\"a\":[{\"b\":1}]}         | false",
			"{\"a.0.equals\":1}              | {\"a\":[1]}                 | false",
			"{\"a.b.exists\":false}          | {\"a\":null}                | true",
			"{\"equals.equals\":1}           | {\"equals\":1}              | true",
			"{\"a b.ü.equals\":1}            | {\"a b\":{\"ü\":1}}         | true",
			// all must hold
			"{}                              | {\"a\":1}                   | true",
			"{\"a.gt\":1,\"a.lt\":3}         | {\"a\":2}                   | true",
			"{\"a.gt\":1,\"a.lt\":3}         | {\"a\":3}                   | false",
			"{\"a.equals\":1,\"b.equals\":1} | {\"a\":1}                   | false"
			// @formatter:on
	})
	void whenValueIsComparedThenAllConditionsDecide(String where, String value, boolean matches) {
		assertThat(filter(where).matches(MAPPER.readTree(value))).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"{\"a.like\":1}          | a.like: unknown operator (expected: path.operator with one of equals, not, in, gt, gte, lt, lte, startsWith, endsWith, contains, exists)",
			"{\"a.Equals\":1}        | a.Equals: unknown operator (expected: path.operator with one of equals, not, in, gt, gte, lt, lte, startsWith, endsWith, contains, exists)",
			"{\"severity\":1}        | severity: no operator (expected: path.operator with one of equals, not, in, gt, gte, lt, lte, startsWith, endsWith, contains, exists)",
			"{\"equals\":1}          | equals: no path (expected: path.equals)",
			"{\".equals\":1}         | .equals: empty name in the path (expected: names with one dot between them)",
			"{\"a..equals\":1}       | a..equals: empty name in the path (expected: names with one dot between them)",
			"{\"a.in\":\"x\"}        | a.in: expected an array",
			"{\"a.startsWith\":1}    | a.startsWith: expected a string",
			"{\"a.endsWith\":null}   | a.endsWith: expected a string",
			"{\"a.gt\":true}         | a.gt: expected a number or a string",
			"{\"a.gte\":null}        | a.gte: expected a number or a string",
			"{\"a.lt\":[1]}          | a.lt: expected a number or a string",
			"{\"a.lte\":{}}          | a.lte: expected a number or a string",
			"{\"a.exists\":\"true\"} | a.exists: expected true or false",
			"[]                      | expected an object whose keys are path.operator",
			"null                    | expected an object whose keys are path.operator",
			"\"a.equals\"            | expected an object whose keys are path.operator",
			"{\"a.equals\":1,\"a.equals\":2} | malformed JSON or a duplicate member near byte 24",
			"{\"a.gt\":1e309}        | number with an exponent above 308 or of more than 3 digits"
			// @formatter:on
	})
	void whenFilterHasAMistakeThenTheErrorNamesItsKeyAndWhatIsExpected(String where, String message) {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> filter(where)).withMessage(message);
	}

	@Test
	void whenFilterHasMoreThan16KeysThenItIsRefused() {
		assertThatCode(() -> filter(keys(16))).doesNotThrowAnyException();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> filter(keys(17)))
			.withMessage("17 keys (expected: <= 16)");
	}

	@Test
	void whenFilterIsLongerThan4KibThenItIsRefused() {
		String frame = "{\"a.equals\":\"\"}";
		String longest = "{\"a.equals\":\"" + "x".repeat(4096 - frame.length()) + "\"}";
		assertThat(Payload.ofJson(longest).length()).isEqualTo(4096);
		assertThatCode(() -> filter(longest)).doesNotThrowAnyException();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> filter(longest + ' '))
			.withMessage("4097 bytes (expected: <= 4096)");
	}

	@Test
	void whenPathHasMoreThan16NamesThenItIsRefused() {
		String path = "a.".repeat(16);
		assertThat(filter("{\"" + path + "exists\":false}").matches(MAPPER.readTree("{}"))).isTrue();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> filter("{\"a." + path + "exists\":false}"))
			.withMessageEndingWith(": path of 17 names (expected: <= 16)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e999999999", "1e-999999999", "3.7e999999999" })
	void whenNumberHasAGreatExponentThenItIsComparedWithoutBeingWrittenOut(String number) {
		JsonMapper exact = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		JsonNode value = exact.readTree("{\"a\":" + number + "}");
		assertThat(filter("{\"a.gt\":0}").matches(value)).isEqualTo(!number.startsWith("-"));
		assertThat(filter("{\"a.lt\":1e308}").matches(value))
			.isEqualTo(!number.endsWith("e999999999") || number.startsWith("-"));
		assertThat(filter("{\"a.equals\":1e-999}").matches(value)).isFalse();
	}

	@Test
	void whenFiltersHaveTheSameContentThenTheyAreEqual() {
		PayloadFilter filter = filter("{\"a.gt\":1,\"b.in\":[\"x\"]}");
		assertThat(filter).isEqualTo(filter("{ \"b.in\": [\"x\"], \"a.gt\": 1 }"))
			.hasSameHashCodeAs(filter("{ \"b.in\": [\"x\"], \"a.gt\": 1 }"))
			.isNotEqualTo(filter("{\"a.gt\":1,\"b.in\":[\"y\"]}"))
			.isNotEqualTo(filter("{\"a.gte\":1,\"b.in\":[\"x\"]}"))
			.isNotEqualTo(filter("{\"a.gt\":1}"));
	}

	@Test
	void whenFilterIsDescribedThenItsValuesAreNotTold() {
		assertThat(filter("{\"a.gt\":1,\"b.in\":[\"secret\"]}")).hasToString("PayloadFilter[a.gt, b.in]");
	}

	private PayloadFilter filter(String where) {
		return PayloadFilter.of(Payload.ofJson(where), this.converter);
	}

	private static String keys(int number) {
		return IntStream.range(0, number)
			.mapToObj((i) -> "\"a" + i + ".equals\":" + i)
			.collect(Collectors.joining(",", "{", "}"));
	}

}
