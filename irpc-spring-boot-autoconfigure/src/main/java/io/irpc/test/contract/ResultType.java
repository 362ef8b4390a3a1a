package io.irpc.test.contract;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a function answers, whatever it is wrapped in.
 *
 * @param type the type of the value, or of the elements of a stream
 * @param stream whether there are many
 * @param nullable whether it may be {@code null}
 */
record ResultType(Type type, boolean stream, boolean nullable) {

	private static final List<Class<?>> LATER = present("java.util.concurrent.CompletionStage",
			"reactor.core.publisher.Mono");

	private static final List<Class<?>> STREAMS = present("java.util.stream.Stream", "java.util.Iterator",
			"java.util.concurrent.Flow$Publisher", "org.reactivestreams.Publisher");

	static ResultType of(Method method, Class<?> targetClass) {
		ResolvableType declared = ResolvableType.forMethodReturnType(method, targetClass);
		boolean nullable = Nullness.forMethodReturnType(method) == Nullness.NULLABLE
				|| declared.resolve() == Optional.class;
		for (Class<?> later : LATER) {
			if (later.isAssignableFrom(declared.toClass())) {
				return new ResultType(content(declared, later), false, nullable);
			}
		}
		for (Class<?> stream : STREAMS) {
			if (stream.isAssignableFrom(declared.toClass())) {
				return new ResultType(content(declared, stream), true, false);
			}
		}
		return new ResultType(declared.getType(), false, nullable);
	}

	private static Type content(ResolvableType declared, Class<?> wrapper) {
		return declared.hasGenerics() ? declared.getGeneric().getType()
				: declared.as(wrapper).getGeneric().resolve(Object.class);
	}

	private static List<Class<?>> present(String... names) {
		ClassLoader loader = ResultType.class.getClassLoader();
		return Arrays.stream(names)
			.filter((name) -> ClassUtils.isPresent(name, loader))
			.<Class<?>>map((name) -> ClassUtils.resolveClassName(name, loader))
			.toList();
	}

}
