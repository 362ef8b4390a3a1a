package io.irpc.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What arguments and values are converted to, and how they are validated (protocol §4).
 */
class ArgumentTypeTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class, Constrained.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"list of records   | fn:names items=[{\"name\":\"a\"},{\"name\":\"b\"}]  | [\"a\",\"b\"]",
			"unknown member    | fn:names items=[{\"name\":\"a\",\"other\":{}}]      | [\"a\"]",
			"missing member    | fn:amount item={\"name\":\"a\"}                     | 0",
			"map of lists      | fn:sums numbers={\"a\":[1,2],\"b\":[]}              | {\"a\":3,\"b\":0}",
			"set               | fn:distinct values=[1,1,2]                          | 2",
			"optional list     | fn:optionalList items=[{\"name\":\"a\"}]            | \"a\"",
			"array             | fn:array values=[1.5,2]                             | 3.5",
			"enum              | fn:next level=\"LOW\"                               | \"HIGH\"",
			"instant           | fn:later at=\"2026-11-21T18:00:00Z\"                | \"2026-11-21T18:00:01Z\"",
			"date              | fn:tomorrow day=\"2026-12-31\"                      | \"2027-01-01\"",
			"duration          | fn:twice span=\"PT1M\"                              | \"PT2M\"",
			"exact number      | fn:exact value=0.10000000000000000001               | 0.10000000000000000001",
			"long              | fn:big value=9007199254740993                       | 9007199254740993",
			"text of other     | fn:echo text=\"á\\u00df\\n\\\"\"                    | \"áß\\n\\\"\""
			// @formatter:on
	})
	void whenTypeIsRichThenItGoesThereAndBack(String title, String call, String value) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\t" + call.replaceFirst(" ", "\t"))).as(title)
					.isEqualTo(">1\t\t" + value);
			}
		});
	}

	@Test
	void whenEnumConstantIsUnknownThenTheErrorListsThem() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:next\tlevel=\"NONE\""))
					.isEqualTo(">1\tException\t\"Argument level: \\\"NONE\\\" is not one of LOW, HIGH\"");
			}
		});
	}

	@Test
	void whenMemberIsWrongThenTheErrorHasItsPathAndNoClassName() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:names\titems=[{\"name\":\"a\"},{\"amount\":\"x\"}]"))
					.startsWith(">1\tException\t\"Argument items: member [1].amount: expected a whole number")
					.doesNotContain("io.irpc")
					.doesNotContain("java.");
			}
		});
	}

	@Test
	void whenConstraintsAreViolatedThenEachArgumentIsNamed() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:checked.limit\tlimit=11\tname=\"\""))
					.startsWith(">1\tException\t\"Argument limit: ")
					.contains("; Argument name: ");
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@2\tfn:checked.limit\tlimit=11\tname=\"x\""))
					.startsWith(">2\tException\t{\"code\":\"invalid_argument\",\"message\":\"Argument limit: ")
					.contains("\"details\":{\"limit\":\"")
					.doesNotContain("\"name\"");
				assertThat(client.ask("!call@3\tfn:checked.limit\tlimit=10\tname=\"x\"")).isEqualTo(">3\t\t10");
			}
		});
	}

	@Test
	void whenConstraintsOfMembersAreViolatedThenTheirPathIsNamed() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@1\tfn:checked.nested\titems=[{\"name\":\"a\"},{\"name\":\"abc\"}]"))
					.contains("\"details\":{\"items[1].name\":\"");
				assertThat(client.ask("!call@2\tfn:checked.elements\tnames=[\"a\",\" \"]"))
					.contains("\"details\":{\"names[1]\":\"");
			}
		});
	}

	@Test
	void whenThereIsNoValidatorThenConstraintsAreNotChecked() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation")).run((context) -> {
			assertThat(context).doesNotHaveBean(ArgumentValidator.class);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:checked.limit\tlimit=11\tname=\"\"")).isEqualTo(">1\t\t11");
			}
		});
	}

	record Item(@Size(max = 2) String name, int amount) {

	}

	enum Level {

		LOW, HIGH

	}

	@IrpcService
	static class Functions {

		public List<String> names(List<Item> items) {
			return items.stream().map(Item::name).toList();
		}

		public int amount(Item item) {
			return item.amount();
		}

		public Map<String, Integer> sums(Map<String, List<Integer>> numbers) {
			Map<String, Integer> result = new java.util.TreeMap<>();
			numbers.forEach((key, values) -> result.put(key, values.stream().mapToInt(Integer::intValue).sum()));
			return result;
		}

		public int distinct(Set<Integer> values) {
			return values.size();
		}

		public String optionalList(Optional<List<Item>> items) {
			return items.orElseThrow().get(0).name();
		}

		public double array(double[] values) {
			return values[0] + values[1];
		}

		public Level next(Level level) {
			return Level.values()[level.ordinal() + 1];
		}

		public Instant later(Instant at) {
			return at.plusSeconds(1);
		}

		public LocalDate tomorrow(LocalDate day) {
			return day.plusDays(1);
		}

		public Duration twice(Duration span) {
			return span.multipliedBy(2);
		}

		public BigDecimal exact(BigDecimal value) {
			return value;
		}

		public long big(long value) {
			return value;
		}

		public String echo(String text) {
			return text;
		}

	}

	@IrpcService("checked")
	static class Constrained {

		public int limit(@Max(10) int limit, @NotBlank String name) {
			return limit;
		}

		public void nested(@Valid List<Item> items) {
		}

		public void elements(List<@NotBlank String> names) {
		}

	}

}
