package io.irpc.service;

import io.irpc.session.Invocation;

/**
 * Changes what a function has returned before it is waited for, such as the context of a
 * {@code Mono}. Beans of this type are applied in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReturnValueDecorator {

	/**
	 * Change a value. Called on the thread that runs the function.
	 * @param value what the function has returned
	 * @param invocation the command that calls it
	 * @return the value to go on with
	 */
	Object decorate(Object value, Invocation invocation);

}
