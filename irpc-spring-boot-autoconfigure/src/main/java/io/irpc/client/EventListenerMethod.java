package io.irpc.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadFilter;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Subscribes one method of a bean to an event.
 */
final class EventListenerMethod {

	private final String description;

	private final Method method;

	private final IrpcEventListener annotation;

	private final Function<String, @Nullable String> resolver;

	private final Supplier<Object> bean;

	private final ResolvableType parameter;

	private final String name;

	/**
	 * Create a listener.
	 * @param beanName the name of the bean
	 * @param targetClass the class of the bean, without proxies
	 * @param method the method
	 * @param annotation what it listens to
	 * @param resolver resolves placeholders
	 * @param bean returns the bean to call
	 * @throws IrpcConfigurationException if the method cannot listen
	 */
	EventListenerMethod(String beanName, Class<?> targetClass, Method method, IrpcEventListener annotation,
			Function<String, @Nullable String> resolver, Supplier<Object> bean) {
		this.description = "The method " + method.getName() + " of the bean " + beanName + " ("
				+ method.getDeclaringClass().getName() + ")";
		this.method = method;
		this.annotation = annotation;
		this.resolver = resolver;
		this.bean = bean;
		if (method.getParameterCount() != 1 || method.getReturnType() != void.class
				|| Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			throw invalid("cannot listen to an event",
					"Give it one parameter, the event or EventDelivery of it, and the"
							+ " return type void, and make it neither private nor static.",
					null);
		}
		this.parameter = ResolvableType.forMethodParameter(method, 0, targetClass);
		String durable = resolve(annotation.durable());
		String chosen = resolve(annotation.name());
		if (StringUtils.hasText(durable) && StringUtils.hasText(chosen)) {
			throw invalid("has a name and is durable under another one", "Remove name from its @IrpcEventListener.",
					null);
		}
		chosen = StringUtils.hasText(durable) ? durable : chosen;
		this.name = StringUtils.hasText(chosen) ? chosen : targetClass.getSimpleName() + "-" + method.getName();
	}

	String description() {
		return this.description;
	}

	/**
	 * Return which client subscribes.
	 * @return the name of the client, empty for the only or the primary one
	 */
	String client() {
		return resolve(this.annotation.client());
	}

	/**
	 * Return the name of the subscription.
	 * @return the name
	 */
	String name() {
		return this.name;
	}

	/**
	 * Check that the method can be called by way of a bean's proxy.
	 * @param type the type of the bean
	 * @throws IrpcConfigurationException if it cannot
	 */
	void checkCallable(Class<?> type) {
		try {
			AopUtils.selectInvocableMethod(this.method, type);
		}
		catch (IllegalStateException ex) {
			throw invalid("cannot be called through the bean's proxy",
					"Declare the method in an interface of the bean, or let its proxy extend the class.", ex);
		}
	}

	/**
	 * Prepare the subscription.
	 * @param client the client
	 * @param converter reads the conditions
	 * @return subscribes
	 * @throws IrpcConfigurationException if something in the annotation is not valid
	 */
	Supplier<EventSubscription> prepare(IrpcClient client, PayloadConverter converter) {
		boolean wantsDelivery = this.parameter.resolve() == EventDelivery.class;
		ResolvableType type = wantsDelivery ? this.parameter.getGeneric() : this.parameter;
		EventSubscriptionSpec<Object> spec = set("event", this.annotation.event(),
				(event) -> client.subscribe(this.name).to(event, ParameterizedTypeReference.forType(type.getType())));
		if (StringUtils.hasText(resolve(this.annotation.durable()))) {
			spec.durable();
		}
		setIfPresent("where", this.annotation.where(), (json) -> spec.where(conditions(json, converter)));
		setIfPresent("initial", this.annotation.initial(), spec::initially);
		setIfPresent("last", this.annotation.last(), (count) -> spec.last(Integer.parseInt(count)));
		setIfPresent("window", this.annotation.window(), (count) -> spec.window(Integer.parseInt(count)));
		setIfPresent("concurrency", this.annotation.concurrency(),
				(count) -> spec.concurrency(Integer.parseInt(count)));
		return () -> subscribe(spec, wantsDelivery);
	}

	private EventSubscription subscribe(EventSubscriptionSpec<Object> spec, boolean wantsDelivery) {
		try {
			return spec.onDelivery((delivery) -> invoke(wantsDelivery ? delivery : delivery.value()));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw invalid("cannot listen: " + ex.getMessage(), "Correct its @IrpcEventListener.", ex);
		}
	}

	private void invoke(Object argument) {
		Object target = this.bean.get();
		Method invocable = AopUtils.selectInvocableMethod(this.method, target.getClass());
		ReflectionUtils.makeAccessible(invocable);
		ReflectionUtils.invokeMethod(invocable, target, argument);
	}

	private static Map<String, Object> conditions(String json, PayloadConverter converter) {
		PayloadFilter.of(Payload.ofJson(json), converter);
		Map<String, Object> conditions = converter.read(Payload.ofJson(json),
				ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class).getType());
		return (conditions != null) ? conditions : Map.of();
	}

	private void setIfPresent(String attribute, String text, Consumer<String> setter) {
		if (StringUtils.hasText(resolve(text))) {
			set(attribute, text, (value) -> {
				setter.accept(value);
				return value;
			});
		}
	}

	private <T> T set(String attribute, String text, Function<String, T> setter) {
		String value = resolve(text);
		try {
			return setter.apply(value);
		}
		catch (IllegalArgumentException | PayloadException ex) {
			throw invalid("has " + attribute + " = \"" + value + "\", which is not valid: " + ex.getMessage(),
					"Correct " + attribute + " of its @IrpcEventListener.", ex);
		}
	}

	private String resolve(String text) {
		String resolved = this.resolver.apply(text);
		return (resolved != null) ? resolved : "";
	}

	private IrpcConfigurationException invalid(String problem, String action, @Nullable Throwable cause) {
		return new IrpcConfigurationException(this.description + " " + problem, action, cause);
	}

}
