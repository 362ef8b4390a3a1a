package io.irpc.client;

import java.util.Collection;

/**
 * A condition on one argument of an event, or a member inside it (protocol §5.2).
 *
 * @param <T> the type of the event
 * @since 0.1.0
 */
public interface EventCondition<T> {

	/**
	 * It must equal a value.
	 * @param value the value, converted to JSON
	 * @return the specification
	 */
	EventSubscriptionSpec<T> is(Object value);

	/**
	 * It must not equal a value.
	 * @param value the value, converted to JSON
	 * @return the specification
	 */
	EventSubscriptionSpec<T> isNot(Object value);

	/**
	 * It must equal one of some values.
	 * @param values the values, converted to JSON
	 * @return the specification
	 */
	EventSubscriptionSpec<T> in(Object... values);

	/**
	 * It must equal one of some values.
	 * @param values the values, converted to JSON
	 * @return the specification
	 */
	EventSubscriptionSpec<T> in(Collection<?> values);

	/**
	 * It must be greater than a value, or later than a time.
	 * @param value a number, a text or a time
	 * @return the specification
	 */
	EventSubscriptionSpec<T> greaterThan(Object value);

	/**
	 * It must not be less than a value, or earlier than a time.
	 * @param value a number, a text or a time
	 * @return the specification
	 */
	EventSubscriptionSpec<T> atLeast(Object value);

	/**
	 * It must be less than a value, or earlier than a time.
	 * @param value a number, a text or a time
	 * @return the specification
	 */
	EventSubscriptionSpec<T> lessThan(Object value);

	/**
	 * It must not be greater than a value, or later than a time.
	 * @param value a number, a text or a time
	 * @return the specification
	 */
	EventSubscriptionSpec<T> atMost(Object value);

	/**
	 * It must be a text that starts with another one.
	 * @param prefix the other text
	 * @return the specification
	 */
	EventSubscriptionSpec<T> startsWith(String prefix);

	/**
	 * It must be a text that ends with another one.
	 * @param suffix the other text
	 * @return the specification
	 */
	EventSubscriptionSpec<T> endsWith(String suffix);

	/**
	 * It must be a text with another one in it, or a list with that value.
	 * @param value the other text, or the value
	 * @return the specification
	 */
	EventSubscriptionSpec<T> contains(Object value);

	/**
	 * It must be there, be it {@code null}.
	 * @return the specification
	 */
	EventSubscriptionSpec<T> exists();

	/**
	 * It must not be there.
	 * @return the specification
	 */
	EventSubscriptionSpec<T> isMissing();

}
