package io.irpc.call;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * How a method of a proxy returns what its function answers.
 */
enum ReturnStyle {

	/**
	 * The method waits for the value.
	 */
	VALUE,

	/**
	 * The value comes later.
	 */
	FUTURE,

	/**
	 * Each subscription calls the function.
	 */
	MONO,

	/**
	 * The method returns at once, and whoever takes an element waits for it.
	 */
	STREAM,

	/**
	 * Each subscription calls the function, whose elements are published.
	 */
	PUBLISHER,

	/**
	 * Like {@link #PUBLISHER}, for Reactor.
	 */
	FLUX;

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			ReturnStyle.class.getClassLoader());

	static ReturnStyle of(Method method) {
		Class<?> type = method.getReturnType();
		if (type == Object.class) {
			return VALUE;
		}
		if (type.isAssignableFrom(CompletableFuture.class)) {
			return FUTURE;
		}
		if (type == Stream.class) {
			return STREAM;
		}
		if (type == Flow.Publisher.class) {
			return PUBLISHER;
		}
		if (!reactorPresent) {
			return VALUE;
		}
		return (type == Mono.class) ? MONO : type.isAssignableFrom(Flux.class) ? FLUX : VALUE;
	}

	ResolvableType valueType(ResolvableType returned) {
		return (this == VALUE) ? returned : returned.getGeneric();
	}

	/**
	 * Call a function.
	 * @param call begins the call
	 * @param type the type of the value, or of each element
	 * @return what the method returns
	 */
	@Nullable Object carryOut(Supplier<DefaultIrpcCall> call, Type type) {
		return switch (this) {
			case VALUE -> call.get().retrieve(type);
			case FUTURE -> call.get().retrieveAsync(type);
			case MONO -> Mono.fromFuture(() -> call.get().retrieveAsync(type), false);
			case STREAM -> BlockingElements.stream(call.get().publisher(type));
			case PUBLISHER -> publisher(call, type);
			case FLUX -> JdkFlowAdapter.flowPublisherToFlux(publisher(call, type));
		};
	}

	/**
	 * Call a function that does not answer.
	 * @param call begins the call
	 * @return what the method returns
	 */
	@Nullable Object send(Supplier<DefaultIrpcCall> call) {
		if (this == MONO) {
			return Mono.fromFuture(() -> call.get().send(), false);
		}
		CompletableFuture<@Nullable Void> sent = call.get().send();
		if (this == FUTURE) {
			return sent;
		}
		try {
			// what is known at once is told, but nothing is waited for
			return sent.getNow(null);
		}
		catch (CompletionException ex) {
			throw CallFailures.unchecked(ex);
		}
	}

	private static Flow.Publisher<Object> publisher(Supplier<DefaultIrpcCall> call, Type type) {
		return (subscriber) -> call.get().publisher(type).subscribe(subscriber);
	}

}
