package io.irpc.service;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

import io.irpc.session.ConstantOfClass;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.util.ClassUtils;

/**
 * Whether a return value stands for a value that comes later, or for many (protocol §7).
 */
enum ReturnedForm {

	/**
	 * Neither, or what the dispatcher understands.
	 */
	PLAIN {

		@Override
		Object adapted(Object value) {
			return value;
		}

	},

	MONO {

		@Override
		Object adapted(Object value) {
			return ((Mono<?>) value).toFuture();
		}

	},

	PUBLISHER {

		@Override
		Object adapted(Object value) {
			return FlowAdapters.toFlowPublisher((Publisher<?>) value);
		}

	},

	STREAM {

		@Override
		Object adapted(Object value) {
			BaseStream<?, ?> stream = (BaseStream<?, ?>) value;
			return new IteratorPublisher(stream::iterator, stream);
		}

	},

	ITERATOR {

		@Override
		Object adapted(Object value) {
			return new IteratorPublisher(() -> (Iterator<?>) value,
					(value instanceof AutoCloseable closeable) ? closeable : null);
		}

	},

	/**
	 * What can be iterated and has to be closed.
	 */
	CURSOR {

		@Override
		Object adapted(Object value) {
			return new IteratorPublisher(((Iterable<?>) value)::iterator, (AutoCloseable) value);
		}

	};

	private static final boolean reactorPresent = isPresent("reactor.core.publisher.Mono");

	private static final boolean reactiveStreamsPresent = isPresent("org.reactivestreams.Publisher");

	private static final ConstantOfClass<ReturnedForm> FORMS = new ConstantOfClass<>(values(), ReturnedForm::find);

	/**
	 * Turn a value into what the dispatcher understands.
	 * @param value what a method returned
	 * @return the value, a {@link CompletionStage} of it or a {@link Flow.Publisher} of
	 * its elements
	 */
	static @Nullable Object adapt(@Nullable Object value) {
		return (value != null) ? FORMS.of(value.getClass()).adapted(value) : null;
	}

	private static ReturnedForm find(Class<?> type) {
		if (reactorPresent && Mono.class.isAssignableFrom(type)) {
			return MONO;
		}
		if (reactiveStreamsPresent && Publisher.class.isAssignableFrom(type)) {
			return PUBLISHER;
		}
		if (BaseStream.class.isAssignableFrom(type)) {
			return STREAM;
		}
		if (Iterator.class.isAssignableFrom(type)) {
			return ITERATOR;
		}
		return (Iterable.class.isAssignableFrom(type) && AutoCloseable.class.isAssignableFrom(type)) ? CURSOR : PLAIN;
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, ReturnedForm.class.getClassLoader());
	}

	abstract Object adapted(Object value);

}
