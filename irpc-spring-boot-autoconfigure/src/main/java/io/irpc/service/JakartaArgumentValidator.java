package io.irpc.service;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;

/**
 * Checks Jakarta Validation constraints, and tells violations by the name of the argument
 * (protocol §4). The details of the error are an object of argument path and message.
 *
 * @since 0.1.0
 */
public final class JakartaArgumentValidator implements ArgumentValidator {

	private final Validator validator;

	private final PayloadConverter converter;

	/**
	 * Create a validator.
	 * @param validator the application's validator
	 * @param converter knows the members of arguments
	 */
	public JakartaArgumentValidator(Validator validator, PayloadConverter converter) {
		this.validator = validator;
		this.converter = converter;
	}

	@Override
	public void validate(Object bean, Method method, @Nullable Object[] values, List<String> names) {
		Object singletonTarget = AopProxyUtils.getSingletonTarget(bean);
		Object target = (singletonTarget != null) ? singletonTarget : bean;
		if (!isConstrained(target.getClass(), method)) {
			return;
		}
		Set<ConstraintViolation<Object>> violations = this.validator.forExecutables()
			.validateParameters(target, method, values);
		if (violations.isEmpty()) {
			return;
		}
		Map<String, String> messages = new TreeMap<>();
		for (ConstraintViolation<Object> violation : violations) {
			ViolationText text = ViolationText.of(violation, method, target.getClass(), names, this.converter);
			messages.merge(text.path(), text.message(), (first, second) -> first + ", " + second);
		}
		String text = messages.entrySet()
			.stream()
			.map((entry) -> "Argument " + entry.getKey() + ": " + entry.getValue())
			.collect(Collectors.joining("; "));
		throw new IrpcException(ErrorCode.INVALID_ARGUMENT, text, messages, null);
	}

	@Override
	public boolean isConstrained(Class<?> targetClass, Method method) {
		// hasConstrainedParameters() does not count the constraints on elements
		return this.validator.getConstraintsForClass(targetClass)
			.getConstraintsForMethod(method.getName(), method.getParameterTypes()) != null;
	}

}
