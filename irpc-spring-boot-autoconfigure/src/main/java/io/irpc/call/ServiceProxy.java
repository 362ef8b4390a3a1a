package io.irpc.call;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

import io.irpc.annotation.IrpcService;
import io.irpc.service.ClientProxy;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Turns the methods of a service interface into calls.
 */
final class ServiceProxy implements InvocationHandler {

	private final Class<?> serviceInterface;

	private final Map<Method, ProxyMethod> methods = new HashMap<>();

	private ServiceProxy(Class<?> serviceInterface, IrpcService service, IrpcCaller caller) {
		this.serviceInterface = serviceInterface;
		for (Method method : serviceInterface.getMethods()) {
			if (!Modifier.isStatic(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				this.methods.put(method, ProxyMethod.of(method, serviceInterface, service, caller));
			}
		}
	}

	static <T> T create(Class<T> serviceInterface, IrpcCaller caller) {
		IrpcService service = AnnotatedElementUtils.findMergedAnnotation(serviceInterface, IrpcService.class);
		if (service == null || !serviceInterface.isInterface()) {
			throw new IllegalArgumentException(
					serviceInterface.getName() + " (expected: an interface annotated with @IrpcService)");
		}
		return serviceInterface.cast(Proxy.newProxyInstance(serviceInterface.getClassLoader(),
				new Class<?>[] { serviceInterface, ClientProxy.class },
				new ServiceProxy(serviceInterface, service, caller)));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		ProxyMethod found = this.methods.get(method);
		if (found != null) {
			return found.invoke(proxy, (arguments != null) ? arguments : new Object[0]);
		}
		if (ReflectionUtils.isEqualsMethod(method)) {
			return arguments != null && proxy == arguments[0];
		}
		return ReflectionUtils.isHashCodeMethod(method) ? System.identityHashCode(proxy)
				: "IRPC proxy of " + this.serviceInterface.getName();
	}

}
