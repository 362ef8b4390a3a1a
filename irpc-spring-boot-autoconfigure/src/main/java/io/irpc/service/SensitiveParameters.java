package io.irpc.service;

import java.lang.reflect.Method;

import io.irpc.annotation.IrpcSensitive;

import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

/**
 * Finds sensitive parameters: annotated on a method, on what it overrides or on what it
 * implements, or on its implementation.
 */
final class SensitiveParameters {

	private SensitiveParameters() {
	}

	static boolean isSensitive(Method method, int index, Class<?> targetClass) {
		Method specific = ClassUtils.getMostSpecificMethod(method, targetClass);
		return isSensitive(specific, index) || isSensitive(method, index);
	}

	private static boolean isSensitive(Method method, int index) {
		return new AnnotatedMethod(method).getMethodParameters()[index].hasParameterAnnotation(IrpcSensitive.class);
	}

}
