package io.irpc.service;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Checks the constraints on the parameters of a function before it is called.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ArgumentValidator {

	/**
	 * Check the values of all parameters.
	 * @param bean the object that the function is called on
	 * @param method the method
	 * @param values the values of its parameters
	 * @param names the names of its parameters
	 * @throws io.irpc.protocol.IrpcException if a constraint is violated
	 */
	void validate(Object bean, Method method, @Nullable Object[] values, List<String> names);

	/**
	 * Return whether there is something to validate. Asked once for beans that are no
	 * proxies.
	 * @param targetClass the class of the bean
	 * @param method the method
	 * @return {@code false} if all values are valid
	 */
	default boolean isConstrained(Class<?> targetClass, Method method) {
		return true;
	}

}
