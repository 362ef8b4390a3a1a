package io.irpc.service;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Registers what a native image needs of the beans that publish functions, or call them
 * as proxies.
 */
final class ServiceBeanAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanType().toClass());
		return ServiceMethodFactory.serviceTypes(type).isEmpty() ? null
				: (generationContext, code) -> IrpcServiceHints.register(generationContext.getRuntimeHints(), type);
	}

}
