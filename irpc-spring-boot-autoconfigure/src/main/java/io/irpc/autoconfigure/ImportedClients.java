package io.irpc.autoconfigure;

import java.util.List;

import io.irpc.client.IrpcClient;
import io.irpc.service.IrpcConfigurationException;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Makes the beans that {@link ImportIrpcClients} asks for.
 */
final class ImportedClients {

	static final String BEAN_NAME = "irpcImportedClients";

	private final ConfigurableListableBeanFactory beanFactory;

	ImportedClients(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Make a proxy.
	 * @param type the name of the service interface
	 * @param client the name of the client, the empty string for that without one
	 * @param importing the name of the class that has asked for it
	 * @return the proxy
	 * @throws IrpcConfigurationException if there is no such client
	 */
	Object create(String type, String client, String importing) {
		IrpcClient found = client.isEmpty() ? unnamed(type, importing) : named(client, type, importing);
		return found.proxy(ClassUtils.resolveClassName(type, this.beanFactory.getBeanClassLoader()));
	}

	private IrpcClient unnamed(String type, String importing) {
		IrpcClient client = this.beanFactory.getBeanProvider(IrpcClient.class).getIfUnique();
		if (client == null) {
			throw new IrpcConfigurationException(
					imported(type, importing) + ", but "
							+ (names().isEmpty() ? "irpc.client.address is not set"
									: "none of the clients " + names() + " goes before the others"),
					"Set irpc.client.address, or name a client of irpc.clients with @ImportIrpcClients(client = ...).");
		}
		return client;
	}

	private IrpcClient named(String client, String type, String importing) {
		try {
			return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, IrpcClient.class, client);
		}
		// not kept as the cause, which would be explained in place of this
		catch (NoSuchBeanDefinitionException ex) {
			throw new IrpcConfigurationException(
					imported(type, importing) + " for the client '" + client
							+ "', which is none of the clients that there are: " + names(),
					"Set irpc.clients." + client + ".address, or correct the name in @ImportIrpcClients.");
		}
	}

	private List<String> names() {
		return List.of(this.beanFactory.getBeanNamesForType(IrpcClient.class));
	}

	private static String imported(String type, String importing) {
		return type + " is imported by @ImportIrpcClients on " + importing;
	}

}
