package io.irpc.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import io.irpc.annotation.IrpcEvent;
import io.irpc.event.EventTypeRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Registers the {@link EventTypeRegistry} with the event classes in the packages of the
 * application. They are part of the bean's definition, so that an application that is
 * processed ahead of time does not look for them when it starts.
 */
final class EventTypesRegistrar implements ImportBeanDefinitionRegistrar {

	static final String BEAN_NAME = "irpcEventTypeRegistry";

	/**
	 * Where the constructor has the classes.
	 */
	static final int TYPES = 1;

	private final BeanFactory beanFactory;

	private final ClassPathScanningCandidateComponentProvider scanner;

	EventTypesRegistrar(BeanFactory beanFactory, Environment environment, ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.scanner = new Scanner();
		this.scanner.setEnvironment(environment);
		this.scanner.setResourceLoader(resourceLoader);
		this.scanner.addIncludeFilter(new AnnotationTypeFilter(IrpcEvent.class));
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		RootBeanDefinition definition = new RootBeanDefinition(EventTypeRegistry.class);
		// names, as code that is generated ahead of time could not name a class that is
		// not public
		definition.getConstructorArgumentValues().addIndexedArgumentValue(TYPES, scan().toArray(String[]::new));
		registry.registerBeanDefinition(BEAN_NAME, definition);
	}

	private Set<String> scan() {
		Set<String> result = new TreeSet<>();
		if (AutoConfigurationPackages.has(this.beanFactory)) {
			for (String basePackage : AutoConfigurationPackages.get(this.beanFactory)) {
				for (BeanDefinition candidate : this.scanner.findCandidateComponents(basePackage)) {
					result.add(String.valueOf(candidate.getBeanClassName()));
				}
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
