package io.irpc.payload;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * One condition of a filter: what is expected of the member at a path (protocol §5.2).
 *
 * @param path the names that lead to the member
 * @param test what decides on the member, which may be missing
 */
record FilterCondition(List<String> path, Predicate<JsonNode> test) {

	private static final int MAX_PATH_LENGTH = 16;

	static FilterCondition of(String key, JsonNode operand) {
		List<String> names = Arrays.asList(key.split("\\.", -1));
		List<String> path = names.subList(0, names.size() - 1);
		String name = names.get(names.size() - 1);
		FilterOperator operator = FilterOperator.named(name)
			.orElseThrow(() -> problem(key, (path.isEmpty() ? "no operator" : "unknown operator")
					+ " (expected: path.operator with one of " + FilterOperator.names() + ")"));
		if (path.isEmpty()) {
			throw problem(key, "no path (expected: path." + name + ")");
		}
		if (path.contains("")) {
			throw problem(key, "empty name in the path (expected: names with one dot between them)");
		}
		if (path.size() > MAX_PATH_LENGTH) {
			throw problem(key, "path of " + path.size() + " names (expected: <= " + MAX_PATH_LENGTH + ")");
		}
		if (!operator.takes(operand)) {
			throw problem(key, "expected " + operator.expectation());
		}
		return new FilterCondition(List.copyOf(path), operator.bind(operand));
	}

	boolean matches(JsonNode value) {
		JsonNode member = value;
		for (String name : this.path) {
			member = member.path(name);
		}
		return this.test.test(member);
	}

	private static PayloadException problem(String key, String problem) {
		return new PayloadException(key + ": " + problem, false, null);
	}

}
