package io.irpc.service;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers the reflection that JSON of a type needs in a native image: of the type, of
 * what its members refer to, and of the subtypes that Jackson knows by annotations.
 *
 * @since 0.1.0
 */
public final class PayloadHints {

	private static final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	private PayloadHints() {
	}

	/**
	 * Register the hints for a value. Of containers, whether of the JDK or of Reactor,
	 * only what they contain counts.
	 * @param hints what to add to
	 * @param type the type of the value, with its generics
	 */
	public static void register(ReflectionHints hints, ResolvableType type) {
		Set<Class<?>> seen = new HashSet<>();
		Deque<Class<?>> pending = new ArrayDeque<>();
		collect(type, new HashSet<>(), pending);
		while (!pending.isEmpty()) {
			Class<?> next = pending.remove();
			if (seen.add(next)) {
				binding.registerReflectionHints(hints, next);
				reachable(next).forEach((found) -> pending.addAll(subtypes(found)));
			}
		}
	}

	private static void collect(ResolvableType type, Set<ResolvableType> seen, Deque<Class<?>> classes) {
		if (!seen.add(type)) {
			return;
		}
		if (type.isArray()) {
			collect(type.getComponentType(), seen, classes);
			return;
		}
		Class<?> resolved = type.resolve();
		if (resolved != null && !resolved.isPrimitive() && !isContainerOrSimple(resolved)) {
			classes.add(resolved);
		}
		for (ResolvableType generic : type.getGenerics()) {
			collect(generic, seen, classes);
		}
	}

	private static boolean isContainerOrSimple(Class<?> type) {
		String name = type.getName();
		return name.startsWith("java.") || name.startsWith("reactor.") || name.startsWith("org.reactivestreams.");
	}

	private static Set<Class<?>> reachable(Class<?> type) {
		RuntimeHints found = new RuntimeHints();
		binding.registerReflectionHints(found.reflection(), type);
		Set<Class<?>> result = new LinkedHashSet<>();
		found.reflection()
			.typeHints()
			.forEach(
					(hint) -> result.add(ClassUtils.resolveClassName(hint.getType().getName(), type.getClassLoader())));
		return result;
	}

	private static Set<Class<?>> subtypes(Class<?> type) {
		Set<Class<?>> result = new LinkedHashSet<>();
		JsonSubTypes named = type.getAnnotation(JsonSubTypes.class);
		if (named != null) {
			Arrays.stream(named.value()).map(JsonSubTypes.Type::value).forEach(result::add);
		}
		// of a sealed type, Jackson knows them without being told
		if (type.isSealed() && type.isAnnotationPresent(JsonTypeInfo.class)) {
			result.addAll(Arrays.asList(type.getPermittedSubclasses()));
		}
		return result;
	}

}
