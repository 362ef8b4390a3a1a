package io.irpc.service;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JSON that is small on the wire and large in memory is refused, and the session goes on
 * (protocol §8).
 */
class HostileJsonTests {

	private static final int ALMOST_A_MEGABYTE = 1024 * 1024 - 64;

	static final List<String> bombs = List.of("[".repeat(65) + "]".repeat(65),
			"{\"a\":".repeat(65) + "1" + "}".repeat(65), "[".repeat(ALMOST_A_MEGABYTE),
			"{\"a\":".repeat(ALMOST_A_MEGABYTE / 5), "1e1000000000", "-1E+1000000000", "1e-1000000000",
			"[{\"a\":1e1000000000}]", "1".repeat(65), "0." + "1".repeat(65), "9".repeat(ALMOST_A_MEGABYTE),
			"{\"" + "n".repeat(257) + "\":1}", "{\"" + "n".repeat(ALMOST_A_MEGABYTE - 8) + "\":1}", "{\"a\":1,\"a\":2}",
			"[{\"b\":{\"a\":1,\"a\":1}}]");

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@ParameterizedTest
	@FieldSource("bombs")
	void whenJsonIsABombThenItIsRefusedForEveryType(String bomb) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				for (String function : List.of("anything", "node", "map", "item", "exact", "big", "real", "text",
						"list")) {
					assertThat(client.ask("!call@1\tfn:" + function + "\tvalue=" + bomb)).as(function)
						.startsWith(">1\tException\t{\"code\":\"invalid_argument\"")
						.hasSizeLessThan(512);
				}
				assertThat(client.ask("!call@2\tfn:item\tvalue={\"other\":" + bomb + "}")).as("an ignored member")
					.startsWith(">2\tException\t");
				assertThat(client.ask("!ping@3")).isEqualTo(">3\t\tnull");
			}
		});
	}

	@ParameterizedTest
	@FieldSource("bombs")
	void whenArgumentIsIgnoredThenItIsNotEvenParsed(String bomb) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:none\tother=" + bomb)).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void whenNumberIsWrittenAsTextThenItIsLimitedAsWell() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				for (String function : List.of("exact", "big", "sum")) {
					for (String number : List.of("1e1000000000", "1e-1000000000", "9".repeat(ALMOST_A_MEGABYTE))) {
						String text = "\"" + number + "\"";
						String value = function.equals("sum") ? "{\"a\":[" + text + "]}" : text;
						assertThat(client.ask("!call@1\tfn:" + function + "\tvalue=" + value)).as(function)
							.startsWith(">1\tException\t{\"code\":\"invalid_argument\"");
					}
				}
			}
		});
	}

	@Test
	void whenTextIsAsLongAsTheMessageMayBeThenItIsTaken() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:text\tvalue=\"" + "x".repeat(ALMOST_A_MEGABYTE) + "\""))
					.isEqualTo(">1\t\t" + ALMOST_A_MEGABYTE);
			}
		});
	}

	@Test
	void whenNamesCollideThenTheyAreReadNevertheless() {
		List<String> names = Stream.of("Aa", "BB").toList();
		for (int i = 0; i < 13; i++) {
			names = names.stream().flatMap((name) -> Stream.of(name + "Aa", name + "BB")).toList();
		}
		List<String> colliding = names;
		String object = IntStream.range(0, colliding.size())
			.mapToObj((i) -> "\"" + colliding.get(i) + "\":" + i)
			.collect(Collectors.joining(",", "{", "}"));
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (String function : List.of("anything", "map", "node", "item")) {
					assertThat(client.ask("!call@1\tfn:" + function + "\tvalue=" + object)).as(function)
						.startsWith(">1\t\t");
				}
			}
		});
	}

	record Item(String name) {

	}

	@IrpcService
	static class Functions {

		public void none() {
		}

		public void anything(Object value) {
		}

		public void node(JsonNode value) {
		}

		public void map(Map<String, Object> value) {
		}

		public void item(Item value) {
		}

		public void list(List<Item> value) {
		}

		public BigInteger exact(BigDecimal value) {
			return value.toBigInteger();
		}

		public BigDecimal sum(Map<String, List<BigDecimal>> value) {
			return value.values().stream().flatMap(List::stream).reduce(BigDecimal.ONE, BigDecimal::add);
		}

		public BigInteger big(BigInteger value) {
			return value;
		}

		public double real(double value) {
			return value;
		}

		public int text(String value) {
			return value.length();
		}

	}

}
