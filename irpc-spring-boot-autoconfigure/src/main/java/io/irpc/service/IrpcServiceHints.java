package io.irpc.service;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Set;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers what a native image needs of a type with functions, whether they are
 * published or called by way of a proxy.
 * <p>
 * Done without being asked for the beans of an application and for the service interfaces
 * in its packages. An application that calls {@code IrpcClient.proxy} with an interface
 * of another package, and neither imports it nor has a bean of its type, calls this from
 * a {@link org.springframework.aot.hint.RuntimeHintsRegistrar}.
 *
 * @since 0.1.0
 */
public final class IrpcServiceHints {

	private IrpcServiceHints() {
	}

	/**
	 * Register the hints of a type. Does nothing if neither the type nor what it inherits
	 * is annotated with {@code @IrpcService}.
	 * @param hints what to add to
	 * @param type the class of a bean, or a service interface
	 */
	public static void register(RuntimeHints hints, Class<?> type) {
		for (Class<?> service : ServiceMethodFactory.serviceTypes(type)) {
			hints.reflection().registerType(service);
			for (Method method : ServiceMethodFactory.publishedMethods(service, type, Set.of())) {
				register(hints.reflection(), method, type);
			}
			if (type.isInterface()) {
				registerProxy(hints, type);
			}
		}
	}

	private static void registerProxy(RuntimeHints hints, Class<?> type) {
		hints.proxies().registerJdkProxy(type, ClientProxy.class);
		// a proxy has the methods as well that are not published
		for (Method method : type.getMethods()) {
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
		}
	}

	private static void register(ReflectionHints hints, Method method, Class<?> type) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		// what is called if the bean has no proxy
		hints.registerMethod(ClassUtils.getMostSpecificMethod(method, type), ExecutableMode.INVOKE);
		PayloadHints.register(hints, ResolvableType.forMethodReturnType(method, type));
		Parameter[] parameters = method.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			if (!FunctionNames.isSupplied(parameters[i])) {
				PayloadHints.register(hints, ResolvableType.forMethodParameter(method, i, type));
			}
		}
	}

}
