package io.irpc.service;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.util.ClassUtils;

/**
 * Knows which return values stand for a value that comes later, or for many (protocol
 * §7).
 */
final class ReturnValues {

	private static final boolean reactorPresent = isPresent("reactor.core.publisher.Mono");

	private static final boolean reactiveStreamsPresent = isPresent("org.reactivestreams.Publisher");

	/**
	 * Found out once for each class: to ask a value for an interface that it does not
	 * have takes as long as to read an argument.
	 */
	private static final ClassValue<UnaryOperator<Object>> adapters = new ClassValue<>() {

		@Override
		protected UnaryOperator<Object> computeValue(Class<?> type) {
			return adapter(type);
		}

	};

	private ReturnValues() {
	}

	/**
	 * Turn a value into what the dispatcher understands.
	 * @param value what a method returned
	 * @return the value, a {@link CompletionStage} of it or a {@link Flow.Publisher} of
	 * its elements
	 */
	static @Nullable Object adapt(@Nullable Object value) {
		return (value != null) ? adapters.get(value.getClass()).apply(value) : null;
	}

	private static UnaryOperator<Object> adapter(Class<?> type) {
		if (reactorPresent && Mono.class.isAssignableFrom(type)) {
			return (value) -> ((Mono<?>) value).toFuture();
		}
		if (reactiveStreamsPresent && Publisher.class.isAssignableFrom(type)) {
			return (value) -> FlowAdapters.toFlowPublisher((Publisher<?>) value);
		}
		boolean closeable = AutoCloseable.class.isAssignableFrom(type);
		if (BaseStream.class.isAssignableFrom(type)) {
			return (value) -> new IteratorPublisher(((BaseStream<?, ?>) value)::iterator, (AutoCloseable) value);
		}
		if (Iterator.class.isAssignableFrom(type)) {
			return (value) -> new IteratorPublisher(() -> (Iterator<?>) value,
					closeable ? (AutoCloseable) value : null);
		}
		if (closeable && Iterable.class.isAssignableFrom(type)) {
			return (value) -> new IteratorPublisher(((Iterable<?>) value)::iterator, (AutoCloseable) value);
		}
		return UnaryOperator.identity();
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, ReturnValues.class.getClassLoader());
	}

}
