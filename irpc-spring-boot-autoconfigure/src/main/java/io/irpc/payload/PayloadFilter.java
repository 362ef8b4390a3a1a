package io.irpc.payload;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The conditions that a JSON object must meet (protocol §5.2): an object whose keys are
 * {@code path.operator}, all of which must hold. An empty one matches everything.
 * <p>
 * The path walks the members of objects, never the elements of arrays; a member whose
 * name has a dot in it cannot be reached. A member that is missing is not {@code null}:
 * it meets {@code not} and {@code exists} with {@code false}, and nothing else. Values of
 * different types are neither equal nor in an order, and nothing is converted.
 * <ul>
 * <li>{@code equals}, {@code not}: any value; numbers by their value ({@code 1} equals
 * {@code 1.0}; fractions as precise as the converter reads them), objects and arrays by
 * their content. {@code not} is what {@code equals} is not.</li>
 * <li>{@code in}: an array, one element of which equals the member.</li>
 * <li>{@code gt}, {@code gte}, {@code lt}, {@code lte}: a number, or a string. Two
 * strings that are ISO-8601 instants are in the order of time, others in that of their
 * code points.</li>
 * <li>{@code startsWith}, {@code endsWith}: a string.</li>
 * <li>{@code contains}: a part of a string, or a value that equals an element of an
 * array.</li>
 * <li>{@code exists}: whether the member is there, be it {@code null}.</li>
 * </ul>
 * Immutable, equal by content and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PayloadFilter {

	private static final int MAX_LENGTH = 4096;

	private static final int MAX_KEYS = 16;

	private final JsonNode where;

	private final List<FilterCondition> conditions;

	private PayloadFilter(JsonNode where, List<FilterCondition> conditions) {
		this.where = where;
		this.conditions = conditions;
	}

	/**
	 * Read a filter, within the limits of protocol §8: 4 KiB, 16 keys and, for each, 16
	 * names in its path.
	 * @param where the JSON object
	 * @param converter what reads it
	 * @return the filter
	 * @throws PayloadException if it is no filter; the message names the key and what is
	 * expected there
	 */
	public static PayloadFilter of(Payload where, PayloadConverter converter) {
		require(where.length() <= MAX_LENGTH, where.length() + " bytes (expected: <= " + MAX_LENGTH + ")");
		JsonNode conditions = converter.read(where, JsonNode.class);
		if (conditions == null || !conditions.isObject()) {
			throw new PayloadException("expected an object whose keys are path.operator", false, null);
		}
		require(conditions.size() <= MAX_KEYS, conditions.size() + " keys (expected: <= " + MAX_KEYS + ")");
		List<FilterCondition> compiled = new ArrayList<>(conditions.size());
		conditions.forEachEntry((key, operand) -> compiled.add(FilterCondition.of(key, operand)));
		return new PayloadFilter(conditions, List.copyOf(compiled));
	}

	/**
	 * Return whether a value meets all conditions.
	 * @param value the value, without what its reader may not see: a filter on a hidden
	 * member would tell it
	 * @return {@code true} if it does
	 */
	public boolean matches(JsonNode value) {
		for (FilterCondition condition : this.conditions) {
			if (!condition.matches(value)) {
				return false;
			}
		}
		return true;
	}

	private static void require(boolean valid, String problem) {
		if (!valid) {
			throw new PayloadException(problem, false, null);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PayloadFilter that && this.where.equals(that.where);
	}

	@Override
	public int hashCode() {
		return this.where.hashCode();
	}

	/**
	 * Describes the filter by its keys, without the values, which may be confidential.
	 */
	@Override
	public String toString() {
		return "PayloadFilter" + this.where.propertyNames();
	}

}
