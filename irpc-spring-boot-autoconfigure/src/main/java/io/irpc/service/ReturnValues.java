package io.irpc.service;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.ClassUtils;

/**
 * Knows which types of return values stand for a value that comes later.
 */
final class ReturnValues {

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			ReturnValues.class.getClassLoader());

	private static final String[] STREAMS = { "org.reactivestreams.Publisher", "java.util.concurrent.Flow$Publisher",
			"java.util.stream.BaseStream" };

	private ReturnValues() {
	}

	/**
	 * Turn a value into what the dispatcher understands.
	 * @param value what a method returned
	 * @return the value or a {@link CompletionStage} of it
	 */
	static @Nullable Object adapt(@Nullable Object value) {
		return (reactorPresent && value instanceof Mono<?> mono) ? mono.toFuture() : value;
	}

	/**
	 * Return whether values of a type are streams, which are more than one answer.
	 * @param type the return type of a method
	 * @return {@code true} for a stream
	 */
	static boolean isStream(Class<?> type) {
		if (reactorPresent && Mono.class.isAssignableFrom(type)) {
			return false;
		}
		for (String stream : STREAMS) {
			if (ClassUtils.isPresent(stream, ReturnValues.class.getClassLoader())
					&& ClassUtils.resolveClassName(stream, ReturnValues.class.getClassLoader())
						.isAssignableFrom(type)) {
				return true;
			}
		}
		return false;
	}

}
