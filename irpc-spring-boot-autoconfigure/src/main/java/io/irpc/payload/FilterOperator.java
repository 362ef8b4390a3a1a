package io.irpc.payload;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * The operators of filters (protocol §5.2).
 */
enum FilterOperator {

	EQUALS("equals", "a value", (operand) -> true, FilterOperator::equalTo),

	NOT("not", "a value", (operand) -> true, (operand) -> equalTo(operand).negate()),

	IN("in", "an array", JsonNode::isArray, FilterOperator::oneOf),

	GT("gt", (order) -> order > 0),

	GTE("gte", (order) -> order >= 0),

	LT("lt", (order) -> order < 0),

	LTE("lte", (order) -> order <= 0),

	STARTS_WITH("startsWith", String::startsWith),

	ENDS_WITH("endsWith", String::endsWith),

	CONTAINS("contains", "a value", (operand) -> true, FilterOperator::partOf),

	EXISTS("exists", "true or false", JsonNode::isBoolean,
			(operand) -> (member) -> member.isMissingNode() != operand.booleanValue());

	private final String key;

	private final String expectation;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Predicate<JsonNode> operands;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Function<JsonNode, Predicate<JsonNode>> binder;

	FilterOperator(String key, String expectation, Predicate<JsonNode> operands,
			Function<JsonNode, Predicate<JsonNode>> binder) {
		this.key = key;
		this.expectation = expectation;
		this.operands = operands;
		this.binder = binder;
	}

	FilterOperator(String key, IntPredicate order) {
		this(key, "a number or a string", (operand) -> operand.isNumber() || operand.isString(),
				(operand) -> ordered(operand, order));
	}

	FilterOperator(String key, BiPredicate<String, String> test) {
		this(key, "a string", JsonNode::isString,
				(operand) -> (member) -> member.isString() && test.test(member.stringValue(), operand.stringValue()));
	}

	static Optional<FilterOperator> named(String key) {
		return Arrays.stream(values()).filter((operator) -> operator.key.equals(key)).findAny();
	}

	static String names() {
		return Arrays.stream(values()).map((operator) -> operator.key).collect(Collectors.joining(", "));
	}

	/**
	 * Return what a filter has to give to this operator, for people.
	 * @return the words behind "expected"
	 */
	String expectation() {
		return this.expectation;
	}

	boolean takes(JsonNode operand) {
		return this.operands.test(operand);
	}

	/**
	 * Return what decides on members.
	 * @param operand a value that this operator {@linkplain #takes takes}
	 * @return the decision, also about a {@linkplain JsonNode#isMissingNode missing node}
	 */
	Predicate<JsonNode> bind(JsonNode operand) {
		return this.binder.apply(operand);
	}

	private static Predicate<JsonNode> equalTo(JsonNode operand) {
		return (member) -> NodeOrder.areEqual(operand, member);
	}

	private static Predicate<JsonNode> oneOf(JsonNode operand) {
		return (member) -> operand.valueStream().anyMatch(equalTo(member));
	}

	private static Predicate<JsonNode> partOf(JsonNode operand) {
		return (member) -> {
			if (member.isString()) {
				return operand.isString() && member.stringValue().contains(operand.stringValue());
			}
			return member.isArray() && member.valueStream().anyMatch(equalTo(operand));
		};
	}

	private static Predicate<JsonNode> ordered(JsonNode operand, IntPredicate order) {
		NodeOrder operandOrder = NodeOrder.of(operand);
		return (member) -> operandOrder.takes(member) && order.test(operandOrder.compare(member));
	}

}
