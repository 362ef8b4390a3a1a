package io.irpc.service;

import java.io.Closeable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.session.CommandHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.Schedules;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Makes functions of the methods of an annotated type.
 */
final class ServiceMethodFactory {

	private static final List<String> INFRASTRUCTURE_ANNOTATIONS = List.of(Bean.class.getName(),
			EventListener.class.getName(), Scheduled.class.getName(), Schedules.class.getName(),
			"jakarta.annotation.PostConstruct", "jakarta.annotation.PreDestroy");

	private final ServiceMethodSupport support;

	ServiceMethodFactory(ServiceMethodSupport support) {
		this.support = support;
	}

	/**
	 * Make the functions of a bean.
	 * @param targetClass the class of the bean, not of a proxy
	 * @param bean supplies the bean
	 * @param lifecycleMethods the names of methods that the container calls
	 * @return the functions, empty if neither the class nor an interface is annotated
	 */
	List<ServiceMethod> create(Class<?> targetClass, Supplier<Object> bean, Set<String> lifecycleMethods) {
		List<ServiceMethod> result = new ArrayList<>();
		for (Class<?> type : serviceTypes(targetClass)) {
			IrpcService service = Objects.requireNonNull(annotation(type));
			for (Method method : publishedMethods(type, targetClass, lifecycleMethods)) {
				result.add(create(service, method, targetClass, bean));
			}
		}
		return result;
	}

	/**
	 * Return the types whose methods a bean publishes.
	 * @param targetClass the class of the bean, not of a proxy
	 * @return the nearest annotated class, or else the annotated interfaces; none if
	 * there are none
	 */
	static List<Class<?>> serviceTypes(Class<?> targetClass) {
		for (Class<?> type = targetClass; type != null; type = type.getSuperclass()) {
			if (annotation(type) != null) {
				return List.of(type);
			}
		}
		return Arrays.stream(ClassUtils.getAllInterfacesForClass(targetClass))
			.filter((type) -> annotation(type) != null)
			.toList();
	}

	private static @Nullable IrpcService annotation(Class<?> type) {
		return AnnotatedElementUtils.getMergedAnnotation(type, IrpcService.class);
	}

	/**
	 * Return the methods of a type that are published.
	 * @param type one of the {@linkplain #serviceTypes(Class) types} that count
	 * @param targetClass the class of the bean, not of a proxy
	 * @param lifecycleMethods the names of methods that the container calls
	 * @return the methods
	 */
	static List<Method> publishedMethods(Class<?> type, Class<?> targetClass, Set<String> lifecycleMethods) {
		List<Method> result = new ArrayList<>();
		for (Method found : type.getMethods()) {
			Method method = BridgeMethodResolver.findBridgedMethod(found);
			boolean lifecycle = method.getParameterCount() == 0 && lifecycleMethods.contains(method.getName());
			if (!isDuplicate(found, method) && !lifecycle && isPublished(method, targetClass)) {
				result.add(method);
			}
		}
		return result;
	}

	// a bridge is not only made beside a method of other types: one that a public class
	// inherits from a class that is not public has nothing else to be found by
	private static boolean isDuplicate(Method found, Method bridged) {
		return found.isBridge() && (found.getReturnType() != bridged.getReturnType()
				|| !Arrays.equals(found.getParameterTypes(), bridged.getParameterTypes()));
	}

	private static boolean isPublished(Method method, Class<?> targetClass) {
		IrpcFunction function = FunctionNames.function(method);
		return !Modifier.isStatic(method.getModifiers()) && (!method.isSynthetic() || method.isBridge())
				&& method.getDeclaringClass() != Object.class && !ReflectionUtils.isObjectMethod(method)
				&& (function == null || !function.exclude()) && !isInfrastructure(method, targetClass);
	}

	private static boolean isInfrastructure(Method method, Class<?> targetClass) {
		Method specific = ClassUtils.getMostSpecificMethod(method, targetClass);
		for (String annotation : INFRASTRUCTURE_ANNOTATIONS) {
			if (AnnotatedElementUtils.isAnnotated(specific, annotation)) {
				return true;
			}
		}
		for (Class<?> type : ClassUtils.getAllInterfacesForClass(targetClass)) {
			boolean callback = type == AutoCloseable.class || type == Closeable.class
					|| type.getName().startsWith("org.springframework.");
			if (callback && implementsMethodOf(type, specific, targetClass)) {
				return true;
			}
		}
		return false;
	}

	private static boolean implementsMethodOf(Class<?> type, Method method, Class<?> targetClass) {
		for (Method callback : type.getMethods()) {
			if (callback.getName().equals(method.getName())
					&& BridgeMethodResolver.getMostSpecificMethod(callback, targetClass).equals(method)) {
				return true;
			}
		}
		return false;
	}

	private ServiceMethod create(IrpcService service, Method method, Class<?> targetClass, Supplier<Object> bean) {
		String name = FunctionNames.ofFunction(service, method);
		List<ParameterSource> sources = new ArrayList<>();
		int arguments = 0;
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(targetClass);
			ArgumentResolver resolver = resolver(parameter);
			if (resolver != null) {
				sources.add(new ParameterSource.Supplied(parameter, resolver));
			}
			else {
				Type type = GenericTypeResolver.resolveType(method.getGenericParameterTypes()[i], targetClass);
				sources.add(new ParameterSource.Sent(arguments++,
						ServiceParameter.of(method, parameter, type, this.support.converter())));
			}
		}
		checkArguments(name, method, sources);
		IrpcFunction function = FunctionNames.function(method);
		return new ServiceMethod(name, FunctionNames.aliasesOfFunction(service, method),
				(function != null) ? function.description() : "", place(method, function), targetClass, method, bean,
				sources, this.support);
	}

	private static void checkArguments(String function, Method method, List<ParameterSource> sources) {
		Set<String> names = new HashSet<>();
		for (ParameterSource source : sources) {
			List<String> all = new ArrayList<>(source.aliases());
			if (source.isArgument()) {
				all.add(source.name());
			}
			for (String name : all) {
				if (!names.add(name)) {
					throw new IrpcConfigurationException(
							"The function " + function + ", " + FunctionNames.describe(method) + ", has the argument "
									+ name + " twice, as a name or as an alias",
							"Change the value or the aliases of @IrpcParam.");
				}
			}
		}
	}

	private static CommandHandler.Place place(Method method, @Nullable IrpcFunction function) {
		if (method.isAnnotationPresent(SessionControl.class)) {
			return CommandHandler.Place.ALWAYS_ADMITTED;
		}
		return (function != null && function.nonBlocking()) ? CommandHandler.Place.EVENT_LOOP
				: CommandHandler.Place.EXECUTOR;
	}

	private @Nullable ArgumentResolver resolver(MethodParameter parameter) {
		for (ArgumentResolver resolver : this.support.resolvers()) {
			if (resolver.supports(parameter)) {
				return resolver;
			}
		}
		return null;
	}

}
