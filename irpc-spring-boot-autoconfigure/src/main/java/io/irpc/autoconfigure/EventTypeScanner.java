package io.irpc.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.irpc.annotation.IrpcEvent;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the event classes in the packages of the application.
 */
final class EventTypeScanner {

	private final ApplicationContext context;

	EventTypeScanner(ApplicationContext context) {
		this.context = context;
	}

	Set<Class<?>> scan() {
		Set<Class<?>> result = new LinkedHashSet<>();
		if (!AutoConfigurationPackages.has(this.context)) {
			return result;
		}
		ClassPathScanningCandidateComponentProvider scanner = new Scanner();
		scanner.setEnvironment(this.context.getEnvironment());
		scanner.setResourceLoader(this.context);
		scanner.addIncludeFilter(new AnnotationTypeFilter(IrpcEvent.class));
		for (String basePackage : AutoConfigurationPackages.get(this.context)) {
			for (BeanDefinition candidate : scanner.findCandidateComponents(basePackage)) {
				result.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()),
						this.context.getClassLoader()));
			}
		}
		return result;
	}

	/**
	 * Also finds abstract classes and interfaces: an event may be declared by one.
	 */
	private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

		Scanner() {
			super(false);
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition beanDefinition) {
			return beanDefinition.getMetadata().isIndependent();
		}

	}

}
