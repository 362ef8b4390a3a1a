package io.irpc.service;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.util.function.SingletonSupplier;

/**
 * The functions that an application publishes, by name. Filled while the application
 * starts, and not changed afterwards.
 *
 * @since 0.1.0
 */
public final class ServiceMethodRegistry {

	private static final String[] NONE = {};

	private final TreeMap<String, ServiceMethod> methods = new TreeMap<>();

	private final ServiceMethodFactory factory;

	/**
	 * Create an empty registry.
	 * @param support what all functions share
	 */
	public ServiceMethodRegistry(ServiceMethodSupport support) {
		this.factory = new ServiceMethodFactory(support);
	}

	/**
	 * Register the functions of all service beans.
	 * @param beanFactory the bean factory
	 * @throws IrpcConfigurationException if a service cannot be published
	 */
	public void registerAll(ConfigurableListableBeanFactory beanFactory) {
		for (String beanName : beanFactory.getBeanNamesForType(Object.class)) {
			if (ScopedProxyUtils.isScopedTarget(beanName)) {
				continue;
			}
			Class<?> targetClass = AutoProxyUtils.determineTargetClass(beanFactory, beanName);
			if (targetClass != null && !ClientProxy.class.isAssignableFrom(targetClass)) {
				Supplier<Object> bean = () -> beanFactory.getBean(beanName);
				register(targetClass, beanFactory.isSingleton(beanName) ? SingletonSupplier.of(bean) : bean,
						beanFactory.containsSingleton(beanName), lifecycleMethods(beanFactory, beanName));
			}
		}
	}

	private static Set<String> lifecycleMethods(ConfigurableListableBeanFactory beanFactory, String beanName) {
		Set<String> result = new HashSet<>();
		if (beanFactory.containsBeanDefinition(beanName)
				&& beanFactory.getMergedBeanDefinition(beanName) instanceof AbstractBeanDefinition definition) {
			Collections.addAll(result, Objects.requireNonNullElse(definition.getInitMethodNames(), NONE));
			Collections.addAll(result, Objects.requireNonNullElse(definition.getDestroyMethodNames(), NONE));
		}
		return result;
	}

	/**
	 * Register the functions of one object.
	 * @param service an object with an annotated class or interface
	 * @throws IrpcConfigurationException if it cannot be published
	 */
	public void register(Object service) {
		register(service.getClass(), () -> service, true, Set.of());
	}

	/**
	 * Return whether the application publishes functions of its own.
	 * @return {@code false} if there are only the predefined ones
	 */
	public boolean hasServices() {
		return this.methods.values()
			.stream()
			.anyMatch((method) -> !PredefinedService.class.isAssignableFrom(method.targetClass()));
	}

	/**
	 * Find a function.
	 * @param name its qualified name
	 * @return the function, {@code null} if there is none
	 */
	public @Nullable ServiceMethod find(String name) {
		return this.methods.get(name);
	}

	/**
	 * Return the names of all functions.
	 * @return the names, sorted
	 */
	public SortedSet<String> names() {
		return Collections.unmodifiableSortedSet(new TreeSet<>(this.methods.keySet()));
	}

	/**
	 * Return all functions.
	 * @return the functions, sorted by name
	 */
	public Collection<ServiceMethod> all() {
		return Collections.unmodifiableCollection(this.methods.values());
	}

	private void register(Class<?> targetClass, Supplier<Object> bean, boolean check, Set<String> lifecycleMethods) {
		List<ServiceMethod> found = this.factory.create(targetClass, bean, lifecycleMethods);
		// a bean that is not made yet and is declared by its interface may be anything
		if (!found.isEmpty() && targetClass.isInterface() && bean.get() instanceof ClientProxy) {
			return;
		}
		for (ServiceMethod method : found) {
			ServiceMethod other = this.methods.putIfAbsent(method.name(), method);
			if (other != null) {
				throw new IrpcConfigurationException("Two methods are published as the function " + method.name() + ": "
						+ FunctionNames.describe(other.method()) + " and " + FunctionNames.describe(method.method()),
						"Rename or hide one of them with @IrpcFunction, or give their services different name"
								+ " spaces with @IrpcService.");
			}
			if (check) {
				method.checkCallable(bean.get());
			}
		}
	}

}
