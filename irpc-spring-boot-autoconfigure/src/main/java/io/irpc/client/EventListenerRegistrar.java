package io.irpc.client;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.payload.PayloadConverter;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the methods of beans that listen to events of a server, and subscribes them as
 * long as the application runs.
 *
 * @since 0.1.0
 */
public final class EventListenerRegistrar implements SmartInitializingSingleton, SmartLifecycle {

	private final ConfigurableListableBeanFactory beanFactory;

	private final ClientBeans clients;

	private final PayloadConverter converter;

	private final List<Supplier<EventSubscription>> listeners = new ArrayList<>();

	private final List<EventSubscription> subscriptions = new ArrayList<>();

	private @Nullable Thread keepAlive;

	private volatile boolean running;

	/**
	 * Create a registrar.
	 * @param beanFactory has the beans, among them the clients that listeners name
	 * @param clients the only or the primary one of them subscribes for the others
	 * @param converter reads the conditions of listeners
	 */
	public EventListenerRegistrar(ConfigurableListableBeanFactory beanFactory, ObjectProvider<IrpcClient> clients,
			PayloadConverter converter) {
		this.beanFactory = beanFactory;
		this.clients = new ClientBeans(beanFactory, clients);
		this.converter = converter;
	}

	/**
	 * Find the methods.
	 * @throws IrpcConfigurationException if one of them cannot listen, or there is no
	 * client for them
	 */
	@Override
	public void afterSingletonsInstantiated() {
		Map<SubscriptionKey, EventListenerMethod> byName = new HashMap<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			if (ScopedProxyUtils.isScopedTarget(beanName)) {
				continue;
			}
			Class<?> targetClass = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (targetClass != null && AnnotationUtils.isCandidateClass(targetClass, IrpcEventListener.class)) {
				find(beanName, targetClass).forEach((listener) -> register(listener, byName));
			}
		}
	}

	private List<EventListenerMethod> find(String beanName, Class<?> targetClass) {
		Map<Method, IrpcEventListener> methods = MethodIntrospector.selectMethods(targetClass,
				(MethodIntrospector.MetadataLookup<IrpcEventListener>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, IrpcEventListener.class));
		List<EventListenerMethod> found = new ArrayList<>();
		methods.forEach((method, annotation) -> {
			EventListenerMethod listener = new EventListenerMethod(beanName, targetClass, method, annotation,
					this.beanFactory::resolveEmbeddedValue, () -> this.beanFactory.getBean(beanName));
			Class<?> type = this.beanFactory.getType(beanName);
			if (type != null) {
				listener.checkCallable(type);
			}
			found.add(listener);
		});
		return found;
	}

	private void register(EventListenerMethod listener, Map<SubscriptionKey, EventListenerMethod> byName) {
		IrpcClient client = this.clients.find(listener.client(), listener.description() + " listens to an event");
		EventListenerMethod other = byName.putIfAbsent(new SubscriptionKey(client, listener.name()), listener);
		if (other != null) {
			throw new IrpcConfigurationException(listener.description() + " listens under the name " + listener.name()
					+ " like another one: " + other.description(),
					"Give one of them another name or durable with @IrpcEventListener.");
		}
		this.listeners.add(listener.prepare(client, this.converter));
	}

	/**
	 * Return the moment from which all methods are called for what is raised.
	 * @return completed when the server has accepted all subscriptions that there are
	 * now, or with what has become of one that it has refused
	 */
	public synchronized CompletableFuture<Void> whenActive() {
		return CompletableFuture
			.allOf(this.subscriptions.stream().map(EventSubscription::whenActive).toArray(CompletableFuture[]::new));
	}

	@Override
	public synchronized void start() {
		this.running = true;
		this.listeners.forEach((listener) -> this.subscriptions.add(listener.get()));
		if (!this.listeners.isEmpty()) {
			keepAlive();
		}
	}

	// the threads of clients are daemons, but who listens wants to go on
	private void keepAlive() {
		Thread thread = new Thread(() -> {
			while (this.running) {
				LockSupport.park(this);
			}
		}, "irpc-listeners");
		thread.setDaemon(false);
		thread.start();
		this.keepAlive = thread;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		this.subscriptions.forEach(EventSubscription::close);
		this.subscriptions.clear();
		LockSupport.unpark(this.keepAlive);
		this.keepAlive = null;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * What no two subscriptions have in common.
	 *
	 * @param client the client
	 * @param name the name of the subscription
	 */
	private record SubscriptionKey(IrpcClient client, String name) {

	}

}
