package io.irpc.security;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Describes a call to what decides about it; it is carried out elsewhere.
 *
 * @param target the object, {@code null} if there is none yet
 * @param method the method
 * @param arguments the values of its parameters
 */
@SuppressWarnings("ArrayRecordComponent")
record MethodCall(@Nullable Object target, Method method, @Nullable Object[] arguments) implements MethodInvocation {

	@Override
	public Method getMethod() {
		return this.method;
	}

	@Override
	public @Nullable Object[] getArguments() {
		return this.arguments;
	}

	@Override
	public Object proceed() {
		throw new UnsupportedOperationException("Only describes a call");
	}

	@Override
	public @Nullable Object getThis() {
		return this.target;
	}

	@Override
	public AccessibleObject getStaticPart() {
		return this.method;
	}

	/**
	 * Describes the method alone, as arguments may be confidential.
	 */
	@Override
	public String toString() {
		return this.method.toString();
	}

}
