package io.irpc.service;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import io.irpc.annotation.IrpcParam;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadReader;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A parameter of a function that takes an argument (protocol §4).
 *
 * @param name the name of the argument
 * @param aliases its older names
 * @param type the type of its value
 * @param reader converts the argument
 * @param defaultValue the value of a missing argument as JSON, {@code null} for none
 * @param kind what a missing argument and a null mean
 */
record ServiceParameter(String name, List<String> aliases, Type type, PayloadReader<Object> reader,
		@Nullable Payload defaultValue, Kind kind) {

	private static final int ECHO_LENGTH = 64;

	static ServiceParameter of(Method method, MethodParameter methodParameter, Type type, PayloadConverter converter) {
		Parameter parameter = methodParameter.getParameter();
		String name = FunctionNames.ofArgument(method, parameter);
		Class<?> rawType = parameter.getType();
		Nullness nullness = Nullness.forMethodParameter(methodParameter);
		Kind kind = switch (nullness) {
			case NULLABLE -> Kind.NULLABLE;
			case NON_NULL -> Kind.NON_NULL;
			case UNSPECIFIED -> Kind.UNSPECIFIED;
		};
		Type valueType = type;
		if (rawType == Optional.class) {
			kind = Kind.OPTIONAL;
			valueType = ResolvableType.forType(type).getGeneric().getType();
		}
		else if (rawType.isPrimitive()) {
			kind = Kind.PRIMITIVE;
		}
		PayloadReader<Object> plain = converter.reader(valueType);
		boolean sensitive = SensitiveParameters.isSensitive(method, methodParameter.getParameterIndex(),
				methodParameter.getContainingClass());
		PayloadReader<Object> reader = sensitive ? plain.sensitive() : plain;
		return new ServiceParameter(name, FunctionNames.aliasesOfArgument(method, parameter), valueType, reader,
				defaultValue(method, parameter, name, reader, converter), kind);
	}

	private static @Nullable Payload defaultValue(Method method, Parameter parameter, String name,
			PayloadReader<Object> reader, PayloadConverter converter) {
		IrpcParam annotation = AnnotatedElementUtils.findMergedAnnotation(parameter, IrpcParam.class);
		if (annotation == null || annotation.defaultValue().equals(IrpcParam.NO_DEFAULT)) {
			return null;
		}
		Payload json = Payload.ofJson(annotation.defaultValue());
		Payload text = converter.write(annotation.defaultValue());
		for (Payload candidate : new Payload[] { json, text }) {
			try {
				reader.read(candidate);
				return candidate;
			}
			catch (PayloadException ex) {
				// perhaps the other one
			}
		}
		throw new IrpcConfigurationException(
				"The default " + (reader.isSensitive() ? "" : "'" + annotation.defaultValue() + "' ")
						+ "of the parameter " + name + " of " + FunctionNames.describe(method)
						+ " is not a value of its type",
				"Change the defaultValue of @IrpcParam: JSON, or plain text for what is a string in JSON.");
	}

	/**
	 * Return the value for an invocation.
	 * @param argument the argument received, {@code null} if it is missing
	 * @return the value of the parameter
	 * @throws IrpcException if the argument is missing without a default, or not of its
	 * type
	 */
	@Nullable Object resolve(@Nullable Payload argument) {
		boolean missing = argument == null || (this.kind == Kind.PRIMITIVE && argument.isNull());
		Payload payload = missing ? this.defaultValue : argument;
		Object value = (payload != null) ? read(payload) : null;
		if (this.kind == Kind.OPTIONAL) {
			return Optional.ofNullable(value);
		}
		if (payload == null && this.kind != Kind.NULLABLE) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + this.name + " is missing");
		}
		if (value == null && this.kind == Kind.NON_NULL) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + this.name + " must not be null");
		}
		return value;
	}

	/**
	 * Describe the argument for callers.
	 * @return the description, without a default that is sensitive
	 */
	FunctionArgument describe() {
		boolean optional = this.defaultValue != null || this.kind == Kind.NULLABLE || this.kind == Kind.OPTIONAL;
		boolean nullable = switch (this.kind) {
			case PRIMITIVE -> this.defaultValue != null;
			case NON_NULL -> false;
			case UNSPECIFIED, NULLABLE, OPTIONAL -> true;
		};
		return new FunctionArgument(this.name, this.aliases, this.type, !optional, nullable,
				this.reader.isSensitive() ? null : this.defaultValue);
	}

	private @Nullable Object read(Payload payload) {
		try {
			return this.reader.read(payload);
		}
		catch (PayloadException ex) {
			if (ex.isMalformed()) {
				throw new IrpcException(ErrorCode.INVALID_ARGUMENT,
						"Error parsing arg value: " + this.name + echo(payload) + ": " + ex.getMessage(), ex);
			}
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + this.name + ": " + ex.getMessage(), ex);
		}
	}

	private String echo(Payload payload) {
		if (this.reader.isSensitive()) {
			return "";
		}
		String json = payload.json();
		return "=" + ((json.length() > ECHO_LENGTH) ? json.substring(0, ECHO_LENGTH) + "…" : json);
	}

	/**
	 * What a missing argument and a null mean.
	 */
	enum Kind {

		PRIMITIVE, NON_NULL, UNSPECIFIED, NULLABLE, OPTIONAL

	}

}
