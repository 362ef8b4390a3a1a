package io.irpc.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Finds the beans that are meant for one client alone.
 *
 * @param beanFactory has the beans
 * @param client the name of the client, which is the qualifier of its beans
 */
record QualifiedBeans(ConfigurableListableBeanFactory beanFactory, String client) {

	/**
	 * Find a bean.
	 * @param type its type
	 * @param <T> its type
	 * @return the bean, {@code null} if there is none
	 * @throws IrpcConfigurationException if there are several, or another client would
	 * use it as well
	 */
	<T> @Nullable T find(Class<T> type) {
		List<String> names = Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type))
			.filter((beanName) -> BeanFactoryAnnotationUtils.isQualifierMatch(this.client::equals, beanName,
					this.beanFactory))
			.toList();
		if (names.isEmpty()) {
			return null;
		}
		if (names.size() > 1) {
			throw new IrpcConfigurationException("Several beans of type " + type.getSimpleName()
					+ " are qualified for the client '" + this.client + "': " + names,
					"Give @Qualifier(\"" + this.client + "\") to one of them.");
		}
		String beanName = names.get(0);
		// else the client without a name might give its server what is not for it
		if (this.beanFactory.containsBean(ConfiguredClients.SINGLE_BEAN) && isDefaultCandidate(beanName)) {
			throw new IrpcConfigurationException("The bean '" + beanName + "' of type " + type.getSimpleName()
					+ " is qualified for the client '" + this.client + "', but the client of "
					+ ConfiguredClients.SINGLE + ".* would use it as well",
					"Declare it with @Bean(defaultCandidate = false).");
		}
		return this.beanFactory.getBean(beanName, type);
	}

	private boolean isDefaultCandidate(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getMergedBeanDefinition(beanName) instanceof AbstractBeanDefinition definition
				&& definition.isDefaultCandidate();
	}

}
