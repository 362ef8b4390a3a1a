package io.irpc.service;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

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
		return qualify(service.value(), simpleName(method), method);
	}

	/**
	 * Return the older names of the function that a method stands for.
	 * @param service the annotation of the method's type
	 * @param method the method
	 * @return the qualified names: each name of the function in each name space of its
	 * service, without the current one
	 * @throws IrpcConfigurationException if the protocol does not allow such a name
	 */
	static List<String> aliasesOfFunction(IrpcService service, Method method) {
		IrpcFunction function = function(method);
		List<String> spaces = currentAndOlder(service.value(), service.aliases());
		List<String> names = currentAndOlder(simpleName(method),
				(function != null) ? function.aliases() : new String[0]);
		List<String> result = new ArrayList<>();
		for (String space : spaces) {
			for (String name : names) {
				result.add(qualify(space, name, method));
			}
		}
		return List.copyOf(result.subList(1, result.size()));
	}

	private static List<String> currentAndOlder(String current, String[] older) {
		List<String> result = new ArrayList<>();
		result.add(current);
		result.addAll(List.of(older));
		return result;
	}

	private static String simpleName(Method method) {
		IrpcFunction function = function(method);
		return (function != null && StringUtils.hasText(function.value())) ? function.value() : method.getName();
	}

	private static String qualify(String space, String simpleName, Method method) {
		String name = StringUtils.hasText(space) ? space + "." + simpleName : simpleName;
		if (!Grammar.isQualifiedName(name)) {
			throw new IrpcConfigurationException(
					"The name '" + name + "' of the function " + describe(method)
							+ " is not allowed by the protocol: letters, digits and '_', parts joined by '.'",
					"Change value or aliases of @IrpcService or of the function's @IrpcFunction.");
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
		return check((annotation != null && named) ? annotation.value() : parameter.getName(), method);
	}

	/**
	 * Return the older names of the argument that a parameter stands for.
	 * @param method the method
	 * @param parameter one of its parameters
	 * @return the names
	 * @throws IrpcConfigurationException if a name is not allowed
	 */
	static List<String> aliasesOfArgument(Method method, Parameter parameter) {
		IrpcParam annotation = AnnotatedElementUtils.findMergedAnnotation(parameter, IrpcParam.class);
		List<String> aliases = (annotation != null) ? List.of(annotation.aliases()) : List.of();
		aliases.forEach((alias) -> check(alias, method));
		return aliases;
	}

	private static String check(String name, Method method) {
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

	/**
	 * Describe a method in messages.
	 * @param method the method
	 * @return its name with its class and the types of its parameters
	 */
	public static String describe(Method method) {
		StringBuilder text = new StringBuilder(method.getDeclaringClass().getName()).append('.')
			.append(method.getName())
			.append('(');
		for (Class<?> type : method.getParameterTypes()) {
			text.append((text.charAt(text.length() - 1) == '(') ? "" : ", ").append(type.getSimpleName());
		}
		return text.append(')').toString();
	}

}
