package io.irpc.service;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.security.Principal;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.Grammar;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;

/**
 * Names functions and their arguments: the one rule for those who publish them and those
 * who call them through a proxy.
 *
 * @since 0.1.0
 */
public final class FunctionNames {

	private static final String AUTHENTICATION_PRINCIPAL = "org.springframework.security.core.annotation.AuthenticationPrincipal";

	private FunctionNames() {
	}

	/**
	 * Return the name of the function that a method stands for.
	 * @param service the annotation of the method's type
	 * @param method the method
	 * @return the qualified name
	 * @throws IrpcConfigurationException if the protocol does not allow such a name
	 */
	public static String ofFunction(IrpcService service, Method method) {
		IrpcFunction function = function(method);
		String simpleName = (function != null && StringUtils.hasText(function.value())) ? function.value()
				: method.getName();
		String name = StringUtils.hasText(service.value()) ? service.value() + "." + simpleName : simpleName;
		if (!Grammar.isQualifiedName(name)) {
			throw new IrpcConfigurationException(
					"The name '" + name + "' of the function " + describe(method)
							+ " is not allowed by the protocol: letters, digits and '_', parts joined by '.'",
					"Change the value of @IrpcService or give the function another name with @IrpcFunction.");
		}
		return name;
	}

	/**
	 * Return the name of the argument that a parameter stands for.
	 * @param method the method
	 * @param parameter one of its parameters
	 * @return the name
	 * @throws IrpcConfigurationException if the name is not known or not allowed
	 */
	public static String ofArgument(Method method, Parameter parameter) {
		IrpcParam annotation = AnnotatedElementUtils.findMergedAnnotation(parameter, IrpcParam.class);
		boolean named = annotation != null && StringUtils.hasText(annotation.value());
		if (!named && !parameter.isNamePresent()) {
			throw new IrpcConfigurationException(
					"The name of the parameter " + parameter.getName() + " of " + describe(method) + " is not known",
					"Compile with the option -parameters, or name the parameter with @IrpcParam.");
		}
		String name = (annotation != null && named) ? annotation.value() : parameter.getName();
		if (!Grammar.isIdentifier(name)) {
			throw new IrpcConfigurationException(
					"The name '" + name + "' of a parameter of " + describe(method)
							+ " is not allowed by the protocol: a letter, then letters, digits and '_'",
					"Give the parameter another name with @IrpcParam.");
		}
		return name;
	}

	/**
	 * Return whether servers supply a parameter themselves, so that clients do not send
	 * it: the session, and the user in all of his forms.
	 * @param parameter the parameter
	 * @return {@code true} if it is no argument of the function
	 */
	public static boolean isSupplied(Parameter parameter) {
		Class<?> type = parameter.getType();
		return type == IrpcSession.class || type == SessionUser.class || Principal.class.isAssignableFrom(type)
				|| AnnotatedElementUtils.isAnnotated(parameter, AUTHENTICATION_PRINCIPAL);
	}

	static @Nullable IrpcFunction function(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, IrpcFunction.class);
	}

	static String describe(Method method) {
		StringBuilder text = new StringBuilder(method.getDeclaringClass().getName()).append('.')
			.append(method.getName())
			.append('(');
		for (Class<?> type : method.getParameterTypes()) {
			text.append((text.charAt(text.length() - 1) == '(') ? "" : ", ").append(type.getSimpleName());
		}
		return text.append(')').toString();
	}

}
