package io.irpc.autoconfigure;

import java.util.List;

import io.irpc.service.IrpcServiceHints;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * Registers what a native image needs of the service interfaces in the packages of the
 * application, which code may turn into proxies without a bean of their type.
 */
final class ServiceInterfacesAotProcessor implements BeanFactoryInitializationAotProcessor {

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (!AutoConfigurationPackages.has(beanFactory)) {
			return null;
		}
		ClassLoader classLoader = beanFactory.getBeanClassLoader();
		ServiceInterfaceScanner scanner = new ServiceInterfaceScanner(
				beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class),
				new DefaultResourceLoader(classLoader));
		List<String> found = AutoConfigurationPackages.get(beanFactory)
			.stream()
			.flatMap((name) -> scanner.scan(name).stream())
			.toList();
		return (generationContext, code) -> found.forEach((name) -> IrpcServiceHints
			.register(generationContext.getRuntimeHints(), ClassUtils.resolveClassName(name, classLoader)));
	}

}
