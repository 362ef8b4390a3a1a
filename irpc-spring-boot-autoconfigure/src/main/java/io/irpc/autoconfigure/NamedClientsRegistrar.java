package io.irpc.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.irpc.client.IrpcClient;
import io.irpc.service.IrpcConfigurationException;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a client for each name under {@code irpc.clients}.
 */
final class NamedClientsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	NamedClientsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		for (String name : names(this.environment)) {
			if (name.equals(IrpcClientCustomizer.DEFAULT_CLIENT)) {
				throw new IrpcConfigurationException(
						ConfiguredClients.NAMED + "." + name + " has the name of the client of "
								+ ConfiguredClients.SINGLE + ".*",
						"Choose another name, or set " + ConfiguredClients.SINGLE + ".* instead.");
			}
			String beanName = name + "IrpcClient";
			if (registry.containsBeanDefinition(beanName)) {
				checkType(name, beanName, registry);
			}
			else {
				registry.registerBeanDefinition(beanName, client(name));
				registry.registerBeanDefinition(beanName + "Starter", starter(name, beanName));
			}
		}
	}

	private static void checkType(String name, String beanName, BeanDefinitionRegistry registry) {
		if (registry instanceof BeanFactory beanFactory && !beanFactory.isTypeMatch(beanName, IrpcClient.class)) {
			throw new IrpcConfigurationException("The bean '" + beanName
					+ "' is no IrpcClient, but has the name of the client of " + ConfiguredClients.NAMED + "." + name,
					"Rename the bean or the client.");
		}
	}

	// environment variables have no dashes and no upper case, so that one name may be met
	// in two spellings, of which the other one was chosen by hand
	static Collection<String> names(Environment environment) {
		Map<String, String> names = new LinkedHashMap<>();
		Binder.get(environment)
			.bind(ConfiguredClients.NAMED, Bindable.mapOf(String.class, IrpcClientProperties.class))
			.ifBound((clients) -> clients.keySet()
				.forEach((name) -> names.merge(name.replace("-", "").toLowerCase(Locale.ROOT), name,
						NamedClientsRegistrar::chosen)));
		return names.values();
	}

	private static String chosen(String one, String other) {
		return one.equals(one.replace("-", "").toLowerCase(Locale.ROOT)) ? other : one;
	}

	private static BeanDefinition client(String name) {
		RootBeanDefinition definition = madeBy("named", IrpcClient.class, name);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		// the client without a name goes first where none is asked for
		definition.setFallback(true);
		return definition;
	}

	private static BeanDefinition starter(String name, String clientBeanName) {
		RootBeanDefinition definition = madeBy("namedStarter", IrpcClientStarter.class, name);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, new RuntimeBeanReference(clientBeanName));
		return definition;
	}

	private static RootBeanDefinition madeBy(String method, Class<?> type, String name) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setFactoryBeanName(IrpcClientAutoConfiguration.CLIENTS);
		definition.setFactoryMethodName(method);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		return definition;
	}

}
