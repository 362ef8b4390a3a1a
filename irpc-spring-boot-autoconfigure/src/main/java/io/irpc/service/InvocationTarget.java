package io.irpc.service;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * How a function is invoked on objects of one class, found out once for all calls.
 *
 * @param type the class of the objects
 * @param method the method to invoke on them
 * @param guards those that may refuse a call
 * @param constrained whether arguments have to be validated
 */
record InvocationTarget(Class<?> type, Method method, List<MethodGuard> guards, boolean constrained) {

	/**
	 * Find out how to invoke a function.
	 * @param object the object, which may be a proxy
	 * @param function the name of the function
	 * @param method the method that is published
	 * @param support what the functions have in common
	 * @return how to invoke it
	 * @throws IllegalStateException if a proxy does not have the method
	 */
	static InvocationTarget of(Object object, String function, Method method, ServiceMethodSupport support) {
		support.guards().forEach((guard) -> guard.checkPublished(function, object, method));
		Class<?> type = object.getClass();
		Method invocable = AopUtils.selectInvocableMethod(method, type);
		ReflectionUtils.makeAccessible(invocable);
		if (AopUtils.isAopProxy(object)) {
			// what it stands for may change
			return new InvocationTarget(type, invocable, support.guards(), true);
		}
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(object);
		List<MethodGuard> guards = support.guards()
			.stream()
			.filter((guard) -> guard.mayRefuse(targetClass, method))
			.toList();
		return new InvocationTarget(type, invocable, guards, support.validator().isConstrained(type, method));
	}

}
