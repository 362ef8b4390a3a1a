package io.irpc.call;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * How a method of a proxy returns the value of its function.
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
	MONO;

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			ReturnStyle.class.getClassLoader());

	static ReturnStyle of(Method method) {
		Class<?> type = method.getReturnType();
		if (type != Object.class && type.isAssignableFrom(CompletableFuture.class)) {
			return FUTURE;
		}
		return (reactorPresent && type == Mono.class) ? MONO : VALUE;
	}

	ResolvableType valueType(ResolvableType returned) {
		return (this == VALUE) ? returned : returned.getGeneric();
	}

	@Nullable Object carryOut(Supplier<DefaultIrpcCall> call, Type type) {
		return switch (this) {
			case VALUE -> call.get().retrieve(type);
			case FUTURE -> call.get().retrieveAsync(type);
			case MONO -> Mono.fromFuture(() -> call.get().retrieveAsync(type), false);
		};
	}

}
