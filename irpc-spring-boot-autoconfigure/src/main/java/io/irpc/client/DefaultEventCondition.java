package io.irpc.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * Adds one condition to a specification.
 *
 * @param path the path
 * @param spec the specification
 * @param <T> the type of the event
 */
record DefaultEventCondition<T>(String path, EventSubscriptionSpec<T> spec) implements EventCondition<T> {

	@Override
	public EventSubscriptionSpec<T> is(Object value) {
		return add("equals", value);
	}

	@Override
	public EventSubscriptionSpec<T> isNot(Object value) {
		return add("not", value);
	}

	@Override
	public EventSubscriptionSpec<T> in(Object... values) {
		return add("in", Arrays.asList(values));
	}

	@Override
	public EventSubscriptionSpec<T> in(Collection<?> values) {
		return add("in", values);
	}

	@Override
	public EventSubscriptionSpec<T> greaterThan(Object value) {
		return add("gt", value);
	}

	@Override
	public EventSubscriptionSpec<T> atLeast(Object value) {
		return add("gte", value);
	}

	@Override
	public EventSubscriptionSpec<T> lessThan(Object value) {
		return add("lt", value);
	}

	@Override
	public EventSubscriptionSpec<T> atMost(Object value) {
		return add("lte", value);
	}

	@Override
	public EventSubscriptionSpec<T> startsWith(String prefix) {
		return add("startsWith", prefix);
	}

	@Override
	public EventSubscriptionSpec<T> endsWith(String suffix) {
		return add("endsWith", suffix);
	}

	@Override
	public EventSubscriptionSpec<T> contains(Object value) {
		return add("contains", value);
	}

	@Override
	public EventSubscriptionSpec<T> exists() {
		return add("exists", true);
	}

	@Override
	public EventSubscriptionSpec<T> isMissing() {
		return add("exists", false);
	}

	private EventSubscriptionSpec<T> add(String operator, Object operand) {
		return this.spec.where(Map.of(this.path + "." + operator, operand));
	}

}
