package io.irpc.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.irpc.annotation.IrpcService;
import io.irpc.service.IrpcConfigurationException;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Registers what {@link ImportIrpcClients} asks for.
 */
final class ImportIrpcClientsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final ClassLoader classLoader;

	private final ServiceInterfaceScanner scanner;

	ImportIrpcClientsRegistrar(Environment environment, ResourceLoader resourceLoader, ClassLoader classLoader) {
		this.environment = environment;
		this.classLoader = classLoader;
		this.scanner = new ServiceInterfaceScanner(environment, resourceLoader);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		if (!registry.containsBeanDefinition(ImportedClients.BEAN_NAME)) {
			RootBeanDefinition clients = new RootBeanDefinition(ImportedClients.class);
			clients.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			registry.registerBeanDefinition(ImportedClients.BEAN_NAME, clients);
		}
		for (AnnotationAttributes attributes : importing.getMergedRepeatableAnnotationAttributes(
				ImportIrpcClients.class, ImportIrpcClients.Container.class, true)) {
			String client = this.environment.resolvePlaceholders(attributes.getString("client"));
			for (String type : types(attributes, importing.getClassName())) {
				String beanName = client.isEmpty() ? type : client + "#" + type;
				if (!registry.containsBeanDefinition(beanName)) {
					registry.registerBeanDefinition(beanName, proxy(type, client, importing.getClassName()));
				}
			}
		}
	}

	private Set<String> types(AnnotationAttributes attributes, String importing) {
		Set<String> types = new LinkedHashSet<>(List.of(attributes.getStringArray("types")));
		Set<String> packages = new LinkedHashSet<>();
		for (String name : attributes.getStringArray("basePackages")) {
			packages.add(this.environment.resolvePlaceholders(name));
		}
		for (String name : attributes.getStringArray("basePackageClasses")) {
			packages.add(ClassUtils.getPackageName(name));
		}
		if (types.isEmpty() && packages.isEmpty()) {
			packages.add(ClassUtils.getPackageName(importing));
		}
		packages.forEach((name) -> types.addAll(this.scanner.scan(name)));
		if (types.isEmpty()) {
			throw new IrpcConfigurationException(
					"@ImportIrpcClients on " + importing + " finds no interface with @IrpcService in " + packages,
					"Name the interfaces with types, or their packages with basePackages or basePackageClasses.");
		}
		return types;
	}

	// all values are texts, as code that is generated ahead of time could not name an
	// interface that is not public
	private BeanDefinition proxy(String typeName, String client, String importing) {
		Class<?> type = ClassUtils.resolveClassName(typeName, this.classLoader);
		if (!type.isInterface() || !AnnotatedElementUtils.hasAnnotation(type, IrpcService.class)) {
			throw new IrpcConfigurationException(
					"@ImportIrpcClients on " + importing + " names " + typeName
							+ ", which is not an interface with @IrpcService",
					"Annotate the interface with @IrpcService, or remove it from types.");
		}
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(ImportedClients.BEAN_NAME);
		definition.setFactoryMethodName("create");
		ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
		arguments.addIndexedArgumentValue(0, typeName);
		arguments.addIndexedArgumentValue(1, client);
		arguments.addIndexedArgumentValue(2, importing);
		if (!client.isEmpty()) {
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
		}
		// what the application implements itself goes first
		definition.setFallback(true);
		return definition;
	}

}
