package io.irpc.autoconfigure;

import java.util.List;

import io.irpc.annotation.IrpcService;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Finds the service interfaces in packages.
 */
final class ServiceInterfaceScanner {

	private final Scanner scanner;

	ServiceInterfaceScanner(Environment environment, ResourceLoader resourceLoader) {
		this.scanner = new Scanner();
		this.scanner.setEnvironment(environment);
		this.scanner.setResourceLoader(resourceLoader);
		this.scanner.addIncludeFilter(new AnnotationTypeFilter(IrpcService.class));
	}

	/**
	 * Find the interfaces in a package and below it.
	 * @param basePackage the name of the package
	 * @return the names of the interfaces, sorted
	 */
	List<String> scan(String basePackage) {
		return this.scanner.findCandidateComponents(basePackage)
			.stream()
			.map(BeanDefinition::getBeanClassName)
			.map(String::valueOf)
			.sorted()
			.toList();
	}

	/**
	 * Takes interfaces only, which are no components.
	 */
	private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

		Scanner() {
			super(false);
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition beanDefinition) {
			AnnotationMetadata metadata = beanDefinition.getMetadata();
			return metadata.isInterface() && !metadata.isAnnotation() && metadata.isIndependent();
		}

	}

}
