package io.irpc.test;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds an {@link IrpcTestClient} to the context of a test. One that the test declares
 * itself goes first.
 */
record IrpcTestClientCustomizer() implements ContextCustomizer {

	private static final String BEAN_NAME = "irpcTestClient";

	private static final String LIFECYCLE_BEAN_NAME = "irpcTestClientLifecycle";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (beans instanceof BeanDefinitionRegistry registry && !registry.containsBeanDefinition(BEAN_NAME)) {
			RootBeanDefinition definition = new RootBeanDefinition(IrpcTestClient.class);
			// many contexts have no server
			definition.setLazyInit(true);
			definition.setFallback(true);
			registry.registerBeanDefinition(BEAN_NAME, definition);
		}
		// is no definition, so that code which is generated ahead of time does not have
		// it
		if (!beans.containsSingleton(LIFECYCLE_BEAN_NAME)) {
			beans.registerSingleton(LIFECYCLE_BEAN_NAME, new IrpcTestClientLifecycle(beans, BEAN_NAME));
		}
	}

}
