package io.irpc.autoconfigure;

import java.util.Arrays;

import io.irpc.event.EventTypeRegistry;
import io.irpc.service.PayloadHints;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers what a native image needs of the events that {@link EventTypesRegistrar} has
 * found.
 */
final class EventTypesAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		if (registeredBean.getBeanClass() != EventTypeRegistry.class) {
			return null;
		}
		ValueHolder types = registeredBean.getMergedBeanDefinition()
			.getConstructorArgumentValues()
			.getIndexedArgumentValue(EventTypesRegistrar.TYPES, null);
		if (types == null || !(types.getValue() instanceof String[] names)) {
			return null;
		}
		ClassLoader classLoader = registeredBean.getBeanFactory().getBeanClassLoader();
		return (generationContext, code) -> Arrays.stream(names)
			.map((name) -> ResolvableType.forClass(ClassUtils.resolveClassName(name, classLoader)))
			.forEach((type) -> PayloadHints.register(generationContext.getRuntimeHints().reflection(), type));
	}

}
