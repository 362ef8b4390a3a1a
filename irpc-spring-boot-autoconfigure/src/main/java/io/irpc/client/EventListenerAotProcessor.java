package io.irpc.client;

import java.lang.reflect.Method;
import java.util.Set;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.service.PayloadHints;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Registers what a native image needs of the methods that listen to events of a server.
 */
final class EventListenerAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanType().toClass());
		if (!AnnotationUtils.isCandidateClass(type, IrpcEventListener.class)) {
			return null;
		}
		Set<Method> methods = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, IrpcEventListener.class));
		return methods.isEmpty() ? null : (generationContext, code) -> methods
			.forEach((method) -> register(generationContext.getRuntimeHints().reflection(), method, type));
	}

	private static void register(ReflectionHints hints, Method method, Class<?> type) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		if (method.getParameterCount() == 1) {
			ResolvableType parameter = ResolvableType.forMethodParameter(method, 0, type);
			PayloadHints.register(hints,
					(parameter.resolve() == EventDelivery.class) ? parameter.getGeneric() : parameter);
		}
	}

}
