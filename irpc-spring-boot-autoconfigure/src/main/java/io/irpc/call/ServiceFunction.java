package io.irpc.call;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Supplier;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.service.FunctionNames;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/**
 * The function that a method of a service interface stands for.
 *
 * @param name the qualified name
 * @param arguments the names of the arguments; {@code null} for a parameter that is not
 * sent
 * @param style how the value is returned
 * @param type the type of the value
 * @param timeout how long a call may take, {@code null} for the caller's time
 * @param delivery what is promised about a call
 */
@SuppressWarnings("ArrayRecordComponent")
record ServiceFunction(String name, @Nullable String[] arguments, ReturnStyle style, Type type,
		@Nullable Duration timeout, Delivery delivery) {

	/**
	 * Look at a method.
	 * @param serviceInterface the interface, which may inherit the method
	 * @param service the annotation of the interface
	 * @param annotation the annotation of the method, {@code null} for none
	 * @return the function
	 * @throws IrpcConfigurationException if the method cannot stand for one
	 */
	static ServiceFunction of(Method method, Class<?> serviceInterface, IrpcService service,
			@Nullable IrpcFunction annotation) {
		Parameter[] parameters = method.getParameters();
		@Nullable String[] names = new String[parameters.length];
		for (int i = 0; i < names.length; i++) {
			names[i] = (FunctionNames.isSupplied(parameters[i]) || parameters[i].getType() == IrpcCaller.class) ? null
					: FunctionNames.ofArgument(method, parameters[i]);
		}
		ResolvableType returned = ResolvableType
			.forType(GenericTypeResolver.resolveType(method.getGenericReturnType(), serviceInterface));
		ReturnStyle style = ReturnStyle.of(method);
		return new ServiceFunction(FunctionNames.ofFunction(service, method), names, style,
				style.valueType(returned).getType(), (annotation != null) ? timeout(method, annotation) : null,
				(annotation != null) ? delivery(method, annotation, returned) : Delivery.ONCE);
	}

	private static Delivery delivery(Method method, IrpcFunction annotation, ResolvableType returned) {
		if (!annotation.oneway()) {
			return annotation.idempotent() ? Delivery.REPEATABLE : Delivery.ONCE;
		}
		ReturnStyle style = ReturnStyle.of(method);
		Class<?> type = style.valueType(returned).toClass();
		boolean nothing = style == ReturnStyle.VALUE && type == void.class;
		boolean nothingLater = (style == ReturnStyle.FUTURE || style == ReturnStyle.MONO) && type == Void.class;
		if (!nothing && !nothingLater) {
			throw new IrpcConfigurationException(
					FunctionNames.describe(method) + " is declared oneway, but returns "
							+ method.getGenericReturnType().getTypeName(),
					"Let it return void, CompletableFuture<Void> or Mono<Void>, or remove oneway from @IrpcFunction.");
		}
		return Delivery.ONEWAY;
	}

	private static @Nullable Duration timeout(Method method, IrpcFunction annotation) {
		String text = annotation.timeout();
		if (!StringUtils.hasText(text)) {
			return null;
		}
		IllegalArgumentException cause = null;
		try {
			Duration timeout = DurationStyle.detectAndParse(text);
			if (!timeout.isNegative() && !timeout.isZero()) {
				return timeout;
			}
		}
		catch (IllegalArgumentException ex) {
			cause = ex;
		}
		throw new IrpcConfigurationException(
				"The timeout of " + FunctionNames.describe(method) + " is '" + text + "', which is no time above 0",
				"Give @IrpcFunction(timeout = ...) a duration such as 500ms, 5s or 2m.", cause);
	}

	/**
	 * Call the function.
	 * @param caller makes the call
	 * @param values the arguments of the method
	 * @return what the method returns
	 */
	@Nullable Object call(IrpcCaller caller, @Nullable Object[] values) {
		Supplier<DefaultIrpcCall> call = () -> prepare(caller, values);
		return (this.delivery == Delivery.ONEWAY) ? this.style.send(call) : this.style.carryOut(call, this.type);
	}

	private DefaultIrpcCall prepare(IrpcCaller caller, @Nullable Object[] values) {
		DefaultIrpcCall call = (DefaultIrpcCall) caller.call(this.name);
		for (int i = 0; i < this.arguments.length; i++) {
			String argument = this.arguments[i];
			if (argument != null) {
				call.argument(argument, values[i]);
			}
		}
		Duration ownTimeout = this.timeout;
		if (ownTimeout != null) {
			call.timeout(ownTimeout);
		}
		if (this.delivery == Delivery.REPEATABLE) {
			call.idempotent();
		}
		return call;
	}

	/**
	 * What is promised about a call.
	 */
	enum Delivery {

		/**
		 * It is not made twice.
		 */
		ONCE,

		/**
		 * It may be made twice.
		 */
		REPEATABLE,

		/**
		 * It is not answered.
		 */
		ONEWAY

	}

}
