package io.irpc.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.service.FunctionNames;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * What a method of a proxy does.
 */
@FunctionalInterface
interface ProxyMethod {

	@Nullable Object invoke(Object proxy, @Nullable Object[] arguments) throws Throwable;

	static ProxyMethod of(Method method, Class<?> serviceInterface, IrpcService service, IrpcCaller caller) {
		if (method.isDefault()) {
			return ofDefault(method);
		}
		IrpcFunction annotation = AnnotatedElementUtils.findMergedAnnotation(method, IrpcFunction.class);
		if (annotation != null && annotation.exclude()) {
			return (proxy, arguments) -> {
				throw new UnsupportedOperationException(FunctionNames.describe(method)
						+ " is not published (@IrpcFunction(exclude = true)), so that there is nothing to call");
			};
		}
		ServiceFunction function = ServiceFunction.of(method, serviceInterface, service, annotation);
		return (proxy, arguments) -> function.call(caller, arguments);
	}

	// InvocationHandler.invokeDefault does it for public interfaces only
	private static ProxyMethod ofDefault(Method method) {
		Class<?> type = method.getDeclaringClass();
		try {
			MethodHandle handle = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.unreflectSpecial(method, type);
			return (proxy, arguments) -> handle.bindTo(proxy).invokeWithArguments(arguments);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException(
					FunctionNames.describe(method) + " cannot be called (expected: its package is open to io.irpc)",
					ex);
		}
	}

}
