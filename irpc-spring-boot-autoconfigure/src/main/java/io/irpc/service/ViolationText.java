package io.irpc.service;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import io.irpc.payload.PayloadConverter;
import io.irpc.payload.SensitiveMembers;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;

/**
 * Tells a violation of a constraint to the caller. A message of Jakarta Validation may
 * show the value, so that of a sensitive one is replaced by the constraint's name.
 *
 * @param path where it is, from the name of the argument on
 * @param message what is wrong
 */
record ViolationText(String path, String message) {

	static ViolationText of(ConstraintViolation<?> violation, Method method, Class<?> targetClass, List<String> names,
			PayloadConverter converter) {
		Walk walk = new Walk(method, targetClass, names, converter);
		violation.getPropertyPath().forEach(walk::step);
		String constraint = violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
		return new ViolationText(walk.text.toString(),
				walk.isSensitive() ? "violates the constraint " + constraint : violation.getMessage());
	}

	/**
	 * One way from the method to the value.
	 */
	private static final class Walk {

		private final StringBuilder text = new StringBuilder();

		private final List<String> properties = new ArrayList<>();

		private final Method method;

		private final Class<?> targetClass;

		private final List<String> names;

		private final PayloadConverter converter;

		private int parameter = -1;

		Walk(Method method, Class<?> targetClass, List<String> names, PayloadConverter converter) {
			this.method = method;
			this.targetClass = targetClass;
			this.names = names;
			this.converter = converter;
		}

		void step(Path.Node node) {
			if (node.getKind() == ElementKind.PARAMETER) {
				this.parameter = node.as(Path.ParameterNode.class).getParameterIndex();
				this.text.append(this.names.get(this.parameter));
			}
			else if (node.getKind() == ElementKind.CONTAINER_ELEMENT) {
				this.text.append(index(node));
			}
			else if (node.getKind() != ElementKind.METHOD && node.getName() != null) {
				this.text.append(index(node)).append((this.text.length() > 0) ? "." : "").append(node.getName());
				this.properties.add(node.getName());
			}
		}

		boolean isSensitive() {
			if (this.parameter >= 0) {
				return isSensitive(this.parameter, this.properties);
			}
			for (int i = 0; i < this.names.size(); i++) {
				if (isSensitive(i, List.of())) {
					return true;
				}
			}
			return false;
		}

		private boolean isSensitive(int index, List<String> path) {
			return SensitiveParameters.isSensitive(this.method, index, this.targetClass)
					|| members(index).include(path);
		}

		private SensitiveMembers members(int index) {
			Type type = GenericTypeResolver.resolveType(this.method.getGenericParameterTypes()[index],
					this.targetClass);
			return this.converter.sensitiveMembers(type);
		}

		private String index(Path.Node node) {
			if (!node.isInIterable()) {
				return "";
			}
			Object position = (node.getIndex() != null) ? node.getIndex() : key(node);
			return (position != null) ? "[" + position + "]" : "";
		}

		private @Nullable Object key(Path.Node node) {
			boolean told = node.getKey() == null || this.parameter < 0 || !isSensitive(this.parameter, List.of());
			return told ? node.getKey() : "*";
		}

	}

}
