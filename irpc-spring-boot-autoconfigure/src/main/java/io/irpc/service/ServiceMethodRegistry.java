package io.irpc.service;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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

	private final Map<String, ServiceMethod> methods = new HashMap<>();

	private final Map<String, ServiceMethod> aliases = new HashMap<>();

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
	 * @param name its qualified name, or an older one
	 * @return the function, {@code null} if there is none
	 */
	public @Nullable ServiceMethod find(String name) {
		ServiceMethod method = this.methods.get(name);
		return (method != null) ? method : this.aliases.get(name);
	}

	/**
	 * Return the names of all functions.
	 * @return the current names, sorted
	 */
	public SortedSet<String> names() {
		return Collections.unmodifiableSortedSet(new TreeSet<>(this.methods.keySet()));
	}

	/**
	 * Return all functions.
	 * @return the functions, sorted by name
	 */
	public Collection<ServiceMethod> all() {
		return Collections.unmodifiableCollection(new TreeMap<>(this.methods).values());
	}

	private void register(Class<?> targetClass, Supplier<Object> bean, boolean check, Set<String> lifecycleMethods) {
		// a bean that is not made yet and is declared by its interface may be anything;
		// the
		// functions of a proxy must not be built, as an interface may only suit clients
		if (targetClass.isInterface() && !ServiceMethodFactory.serviceTypes(targetClass).isEmpty()
				&& bean.get() instanceof ClientProxy) {
			return;
		}
		for (ServiceMethod method : this.factory.create(targetClass, bean, lifecycleMethods)) {
			checkFree(method.name(), method);
			this.methods.put(method.name(), method);
			for (String alias : method.aliases()) {
				checkFree(alias, method);
				this.aliases.put(alias, method);
			}
			if (check) {
				method.checkCallable(bean.get());
			}
		}
	}

	private void checkFree(String name, ServiceMethod method) {
		ServiceMethod other = find(name);
		if (other == method) {
			throw new IrpcConfigurationException(
					"The function " + method + " has the alias " + name + " twice, or as" + " its current name",
					"Remove it from the aliases of @IrpcFunction or @IrpcService.");
		}
		if (other != null && other.name().equals(name) && method.name().equals(name)) {
			throw new IrpcConfigurationException(
					"Two methods are published as the function " + name + ": " + FunctionNames.describe(other.method())
							+ " and " + FunctionNames.describe(method.method()),
					"Rename or hide one of them with @IrpcFunction, or give their services different name"
							+ " spaces with @IrpcService.");
		}
		if (other != null) {
			throw new IrpcConfigurationException(
					"The name " + name + " stands for two functions, for one of them as an alias: " + other + " and "
							+ method,
					"Change the aliases of @IrpcFunction or @IrpcService, or rename one of the functions.");
		}
	}

}
