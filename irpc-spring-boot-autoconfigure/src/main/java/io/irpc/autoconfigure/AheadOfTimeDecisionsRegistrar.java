package io.irpc.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers {@link AheadOfTimeDecisions} in an application that is being processed ahead
 * of time, with what its keys decide now.
 */
final class AheadOfTimeDecisionsRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String BEAN_NAME = "irpcAheadOfTimeDecisions";

	private final Environment environment;

	AheadOfTimeDecisionsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			RootBeanDefinition definition = new RootBeanDefinition(AheadOfTimeDecisions.class);
			definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			definition.getConstructorArgumentValues()
				.addIndexedArgumentValue(0, AheadOfTimeDecisions.of(this.environment));
			registry.registerBeanDefinition(BEAN_NAME, definition);
		}
	}

}
