package io.irpc.service;

import java.lang.reflect.Method;

import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one call of a function goes ahead, when its arguments are known. Beans
 * of this type are asked in their order.
 *
 * @since 0.1.0
 */
public interface MethodGuard {

	/**
	 * Check a call. Called on the thread that runs the function.
	 * @param invocation the command that calls it
	 * @param bean the object that it is called on
	 * @param method the method
	 * @param arguments the values of its parameters
	 * @throws RuntimeException if the call must not go ahead
	 */
	void check(Invocation invocation, Object bean, Method method, @Nullable Object[] arguments);

	/**
	 * Check, when a function is published, that calls of it can be guarded.
	 * @param function the name of the function
	 * @param bean the object that it is called on
	 * @param method the method
	 * @throws IrpcConfigurationException if they cannot
	 */
	default void checkPublished(String function, Object bean, Method method) {
	}

	/**
	 * Return whether there are calls of a method that this guard may refuse. Asked once
	 * for beans that are no proxies.
	 * @param targetClass the class of the bean
	 * @param method the method
	 * @return {@code false} if all calls may go on
	 */
	default boolean mayRefuse(Class<?> targetClass, Method method) {
		return true;
	}

}
