package io.irpc.service;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
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

	private ReturnValues() {
	}

	/**
	 * Turn a value into what the dispatcher understands.
	 * @param value what a method returned
	 * @return the value, a {@link CompletionStage} of it or a {@link Flow.Publisher} of
	 * its elements
	 */
	static @Nullable Object adapt(@Nullable Object value) {
		if (reactorPresent && value instanceof Mono<?> mono) {
			return mono.toFuture();
		}
		if (reactiveStreamsPresent && value instanceof Publisher<?> publisher) {
			return FlowAdapters.toFlowPublisher(publisher);
		}
		if (value instanceof BaseStream<?, ?> stream) {
			return new IteratorPublisher(stream::iterator, stream);
		}
		if (value instanceof Iterator<?> iterator) {
			return new IteratorPublisher(() -> iterator,
					(iterator instanceof AutoCloseable closeable) ? closeable : null);
		}
		if (value instanceof Iterable<?> cursor && value instanceof AutoCloseable closeable) {
			return new IteratorPublisher(cursor::iterator, closeable);
		}
		return value;
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, ReturnValues.class.getClassLoader());
	}

}
