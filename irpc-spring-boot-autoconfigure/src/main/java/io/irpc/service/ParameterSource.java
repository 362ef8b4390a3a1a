package io.irpc.service;

import java.util.List;

import io.irpc.session.BoundArguments;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Where the value of a parameter comes from.
 */
sealed interface ParameterSource {

	String name();

	default List<String> aliases() {
		return (this instanceof Sent sent) ? sent.parameter().aliases() : List.of();
	}

	@Nullable Object value(BoundArguments arguments, Invocation invocation);

	default boolean isArgument() {
		return this instanceof Sent;
	}

	default boolean isSensitive() {
		return this instanceof Sent sent && sent.parameter().reader().isSensitive();
	}

	/**
	 * The caller sends it.
	 *
	 * @param index which argument it is
	 * @param parameter how it is converted
	 */
	record Sent(int index, ServiceParameter parameter) implements ParameterSource {

		@Override
		public String name() {
			return this.parameter.name();
		}

		@Override
		public @Nullable Object value(BoundArguments arguments, Invocation invocation) {
			return this.parameter.resolve(arguments.get(this.index));
		}

	}

	/**
	 * This process supplies it.
	 *
	 * @param parameter the parameter
	 * @param resolver what supplies it
	 */
	record Supplied(MethodParameter parameter, ArgumentResolver resolver) implements ParameterSource {

		@Override
		public String name() {
			return this.parameter.getParameter().getName();
		}

		@Override
		public @Nullable Object value(BoundArguments arguments, Invocation invocation) {
			return this.resolver.resolve(this.parameter, invocation);
		}

	}

}
