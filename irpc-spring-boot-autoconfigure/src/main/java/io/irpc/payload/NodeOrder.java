package io.irpc.payload;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

/**
 * The order of JSON values relative to one of them, and when two are equal.
 */
final class NodeOrder {

	private static final BigDecimal INFINITE = new BigDecimal("1e1000");

	private final JsonNode base;

	private final Optional<Instant> instant;

	private NodeOrder(JsonNode base) {
		this.base = base;
		this.instant = instant(base);
	}

	/**
	 * Return the order relative to a value.
	 * @param base a number or a string
	 * @return the order
	 */
	static NodeOrder of(JsonNode base) {
		return new NodeOrder(base);
	}

	/**
	 * Return whether two values are equal: numbers by value, containers by content.
	 * @param first a value
	 * @param second a value
	 * @return {@code true} if they are
	 */
	static boolean areEqual(JsonNode first, JsonNode second) {
		return first.equals(NodeOrder::differ, second);
	}

	private static int differ(JsonNode first, JsonNode second) {
		boolean equal = (first.isNumber() && second.isNumber()) ? compareNumbers(first, second) == 0
				: first.equals(second);
		return equal ? 0 : 1;
	}

	boolean takes(JsonNode node) {
		return this.base.isNumber() ? node.isNumber() : node.isString();
	}

	/**
	 * Compare a value with the base.
	 * @param node a value of the type of the base
	 * @return a positive number if the value comes behind the base
	 */
	int compare(JsonNode node) {
		if (node.isNumber()) {
			return compareNumbers(node, this.base);
		}
		return this.instant.flatMap((known) -> instant(node).map((other) -> other.compareTo(known)))
			.orElseGet(() -> compareCodePoints(node.stringValue(), this.base.stringValue()));
	}

	// BigDecimal.compareTo looks at the magnitudes first: great exponents cost nothing
	private static int compareNumbers(JsonNode first, JsonNode second) {
		return decimal(first).compareTo(decimal(second));
	}

	// what has become infinite as a double is beyond what can be told in a filter
	private static BigDecimal decimal(JsonNode number) {
		return number.decimalValueOpt().orElseGet(() -> (number.doubleValue() < 0) ? INFINITE.negate() : INFINITE);
	}

	// the order of code points is that of UTF-8, not that of UTF-16
	private static int compareCodePoints(String first, String second) {
		return Arrays.compareUnsigned(first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
	}

	private static Optional<Instant> instant(JsonNode node) {
		if (!node.isString()) {
			return Optional.empty();
		}
		try {
			return Optional.of(Instant.parse(node.stringValue()));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
