package io.irpc.benchmark.load;

import io.irpc.annotation.IrpcService;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Publishes as many more functions as a property says, each by a bean and in a name space
 * of its own.
 */
public final class MoreFunctions implements ImportBeanDefinitionRegistrar, EnvironmentAware {

	/**
	 * The property.
	 */
	static final String PROPERTY = "benchmark.more-functions";

	private int count;

	@Override
	public void setEnvironment(Environment environment) {
		this.count = environment.getProperty(PROPERTY, Integer.class, 0);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		for (int i = 0; i < this.count; i++) {
			registry.registerBeanDefinition("functions" + i, new RootBeanDefinition(inNameSpace("more" + i)));
		}
	}

	private static Class<?> inNameSpace(String name) {
		ByteBuddy classes = new ByteBuddy();
		return classes.subclass(Functions.class)
			.annotateType(AnnotationDescription.Builder.ofType(IrpcService.class).define("value", name).build())
			.make()
			.load(MoreFunctions.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
			.getLoaded();
	}

	/**
	 * One more function.
	 */
	public static class Functions {

		/**
		 * Tell whether a number is even.
		 * @param number the number
		 * @return whether it is
		 */
		public boolean add(int number) {
			return number % 2 == 0;
		}

	}

}
