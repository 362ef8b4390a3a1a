package io.irpc.client;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.irpc.service.IrpcConfigurationException;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/**
 * Finds clients among the beans of an application.
 *
 * @param beanFactory has the beans
 * @param clients those that may be injected without a qualifier
 */
record ClientBeans(ConfigurableListableBeanFactory beanFactory, ObjectProvider<IrpcClient> clients) {

	/**
	 * Find the client that something belongs to.
	 * @param name the qualifier or the name of the client's bean; empty for the only or
	 * the primary one
	 * @param description what belongs to it, for errors
	 * @return the client
	 * @throws IrpcConfigurationException if there is none, or which one is not clear
	 */
	IrpcClient find(String name, String description) {
		if (name.isEmpty()) {
			IrpcClient client = this.clients.getIfUnique();
			if (client == null) {
				throw new IrpcConfigurationException(
						description + ", but there is no IrpcClient, or several of them and none is primary: "
								+ names(),
						"Set irpc.client.address, say which client, or annotate one of the IrpcClient beans with"
								+ " @Primary.");
			}
			return client;
		}
		List<String> found = beanNames()
			.filter((beanName) -> BeanFactoryAnnotationUtils.isQualifierMatch(name::equals, beanName, this.beanFactory))
			.toList();
		if (found.size() != 1) {
			throw new IrpcConfigurationException(
					description + " by the client '" + name + "', but "
							+ (found.isEmpty() ? "there is none of this name" : "several have this name: " + found),
					"Say one of " + names() + ", or configure the client under irpc.clients." + name + ".");
		}
		return this.beanFactory.getBean(found.get(0), IrpcClient.class);
	}

	private List<String> names() {
		return beanNames().map(this::name).toList();
	}

	private Stream<String> beanNames() {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, IrpcClient.class));
	}

	private String name(String beanName) {
		Qualifier annotation = this.beanFactory.findAnnotationOnBean(beanName, Qualifier.class);
		if (annotation != null) {
			return annotation.value();
		}
		AutowireCandidateQualifier qualifier = (this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getMergedBeanDefinition(beanName) instanceof AbstractBeanDefinition definition)
						? definition.getQualifier(Qualifier.class.getName()) : null;
		Object value = (qualifier != null) ? qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY) : null;
		return (value != null) ? value.toString() : beanName;
	}

}
