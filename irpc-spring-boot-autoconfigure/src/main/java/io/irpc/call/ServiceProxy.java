package io.irpc.call;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.irpc.annotation.IrpcService;
import io.irpc.service.ClientProxy;
import io.irpc.service.FunctionNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Turns the methods of a service interface into calls.
 */
final class ServiceProxy implements InvocationHandler {

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			ServiceProxy.class.getClassLoader());

	private final Class<?> serviceInterface;

	private final IrpcCaller caller;

	private final Map<Method, Function> functions = new HashMap<>();

	private ServiceProxy(Class<?> serviceInterface, IrpcService service, IrpcCaller caller) {
		this.serviceInterface = serviceInterface;
		this.caller = caller;
		for (Method method : serviceInterface.getMethods()) {
			if (!method.isDefault() && !Modifier.isStatic(method.getModifiers())) {
				this.functions.put(method, Function.of(service, method, serviceInterface));
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
		Function function = this.functions.get(method);
		if (function != null) {
			return function.call(this.caller, arguments);
		}
		if (method.isDefault()) {
			return invokeDefault(proxy, method, arguments);
		}
		if (ReflectionUtils.isEqualsMethod(method)) {
			return arguments != null && proxy == arguments[0];
		}
		return ReflectionUtils.isHashCodeMethod(method) ? System.identityHashCode(proxy)
				: "IRPC proxy of " + this.serviceInterface.getName();
	}

	// InvocationHandler.invokeDefault does it for public interfaces only
	private static @Nullable Object invokeDefault(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		Class<?> type = method.getDeclaringClass();
		return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
			.unreflectSpecial(method, type)
			.bindTo(proxy)
			.invokeWithArguments((arguments != null) ? arguments : new Object[0]);
	}

	private enum Style {

		SYNCHRONOUS, STAGE, MONO

	}

	/**
	 * The function behind a method.
	 *
	 * @param name the qualified name
	 * @param arguments the names of the arguments; {@code null} for a parameter that is
	 * not sent
	 * @param type the type of the value
	 * @param style how the value is returned
	 */
	private record Function(String name, @Nullable String[] arguments, Type type, Style style) {

		static Function of(IrpcService service, Method method, Class<?> serviceInterface) {
			Parameter[] parameters = method.getParameters();
			@Nullable String[] names = new String[parameters.length];
			for (int i = 0; i < names.length; i++) {
				names[i] = (FunctionNames.isSupplied(parameters[i]) || parameters[i].getType() == IrpcCaller.class)
						? null : FunctionNames.ofArgument(method, parameters[i]);
			}
			ResolvableType returnType = ResolvableType.forMethodReturnType(method, serviceInterface);
			Class<?> raw = method.getReturnType();
			Style style = CompletionStage.class.isAssignableFrom(raw) ? Style.STAGE
					: (reactorPresent && Mono.class.isAssignableFrom(raw)) ? Style.MONO : Style.SYNCHRONOUS;
			ResolvableType valueType = (style == Style.SYNCHRONOUS) ? returnType : returnType.getGeneric();
			return new Function(FunctionNames.ofFunction(service, method), names, valueType.getType(), style);
		}

		@Nullable Object call(IrpcCaller caller, @Nullable Object @Nullable [] values) {
			return switch (this.style) {
				case SYNCHRONOUS -> prepare(caller, values).retrieve(this.type);
				case STAGE -> prepare(caller, values).retrieveAsync(this.type);
				case MONO -> Mono.fromFuture(() -> prepare(caller, values).retrieveAsync(this.type), true);
			};
		}

		private DefaultIrpcCall prepare(IrpcCaller caller, @Nullable Object @Nullable [] values) {
			DefaultIrpcCall call = (DefaultIrpcCall) caller.call(this.name);
			for (int i = 0; i < this.arguments.length; i++) {
				String argument = this.arguments[i];
				if (argument != null && values != null) {
					call.argument(argument, values[i]);
				}
			}
			return call;
		}

	}

}
