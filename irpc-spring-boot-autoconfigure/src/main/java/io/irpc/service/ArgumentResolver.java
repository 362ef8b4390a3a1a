package io.irpc.service;

import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Supplies the values of parameters that are not sent by the caller. Beans of this type
 * are asked in their order.
 *
 * @since 0.1.0
 */
public interface ArgumentResolver {

	/**
	 * Return whether the values of a parameter are supplied here. Called once, at start.
	 * @param parameter the parameter
	 * @return {@code true} to keep callers from sending it
	 */
	boolean supports(MethodParameter parameter);

	/**
	 * Supply a value. Called on the thread that runs the function.
	 * @param parameter the parameter
	 * @param invocation the command that calls the function
	 * @return the value
	 */
	@Nullable Object resolve(MethodParameter parameter, Invocation invocation);

}
