package io.irpc.service;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
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

	/**
	 * Create a validator.
	 * @param validator the application's validator
	 */
	public JakartaArgumentValidator(Validator validator) {
		this.validator = validator;
	}

	@Override
	public void validate(Object bean, Method method, @Nullable Object[] values, List<String> names) {
		Object singletonTarget = AopProxyUtils.getSingletonTarget(bean);
		Object target = (singletonTarget != null) ? singletonTarget : bean;
		MethodDescriptor descriptor = this.validator.getConstraintsForClass(target.getClass())
			.getConstraintsForMethod(method.getName(), method.getParameterTypes());
		// hasConstrainedParameters() does not count the constraints on elements
		if (descriptor == null) {
			return;
		}
		Set<ConstraintViolation<Object>> violations = this.validator.forExecutables()
			.validateParameters(target, method, values);
		if (violations.isEmpty()) {
			return;
		}
		Map<String, String> messages = new TreeMap<>();
		violations.forEach((violation) -> messages.merge(path(violation.getPropertyPath(), names),
				violation.getMessage(), (first, second) -> first + ", " + second));
		String text = messages.entrySet()
			.stream()
			.map((entry) -> "Argument " + entry.getKey() + ": " + entry.getValue())
			.collect(Collectors.joining("; "));
		throw new IrpcException(ErrorCode.INVALID_ARGUMENT, text, messages, null);
	}

	private static String path(Path path, List<String> names) {
		StringBuilder text = new StringBuilder();
		Iterator<Path.Node> nodes = path.iterator();
		while (nodes.hasNext()) {
			Path.Node node = nodes.next();
			if (node.getKind() == ElementKind.PARAMETER) {
				text.append(names.get(node.as(Path.ParameterNode.class).getParameterIndex()));
			}
			else if (node.getKind() == ElementKind.CONTAINER_ELEMENT) {
				text.append(index(node));
			}
			else if (node.getKind() != ElementKind.METHOD && node.getName() != null) {
				text.append(index(node)).append((text.length() > 0) ? "." : "").append(node.getName());
			}
		}
		return text.toString();
	}

	private static String index(Path.Node node) {
		if (!node.isInIterable()) {
			return "";
		}
		Object position = (node.getIndex() != null) ? node.getIndex() : node.getKey();
		return (position != null) ? "[" + position + "]" : "";
	}

}
