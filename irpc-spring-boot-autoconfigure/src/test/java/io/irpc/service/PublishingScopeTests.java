package io.irpc.service;

import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services are published whatever their scope, those of a peer never.
 */
class PublishingScopeTests {

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenBeanIsLazyThenItIsMadeByTheFirstCall() {
		this.runner.withUserConfiguration(Lazies.class).run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("lazies.LazyService")).isFalse();
			AtomicInteger made = context.getBean(AtomicInteger.class);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:lazy.made")).isEqualTo(">1\t\t1");
				assertThat(client.ask("!call@2\tfn:lazy.made")).isEqualTo(">2\t\t1");
			}
			assertThat(made).hasValue(1);
		});
	}

	@Test
	void whenBeanIsAPrototypeThenEachCallHasItsOwn() {
		this.runner.withUserConfiguration(Lazies.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:prototype.calls")).isEqualTo(">1\t\t1");
				assertThat(client.ask("!call@2\tfn:prototype.calls")).isEqualTo(">2\t\t1");
			}
		});
	}

	@Test
	void whenBeanIsScopedThenItIsTheOneOfTheScope() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.withUserConfiguration(Scoped.class, ScopedByProxy.class)
			.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=1")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:scoped.calls")).isEqualTo(">1\t\t1");
					assertThat(client.ask("!call@2\tfn:scoped.calls")).isEqualTo(">2\t\t2");
					assertThat(client.ask("!call@3\tfn:scopedByProxy.calls")).isEqualTo(">3\t\t1");
					assertThat(client.ask("!call@4\tfn:scopedByProxy.calls")).isEqualTo(">4\t\t2");
				}
			});
	}

	@Test
	void whenBeanIsAProxyOfAClientThenItIsNotPublished() {
		this.runner.withUserConfiguration(ClientProxies.class)
			.withPropertyValues("irpc.client.address=127.0.0.1:1")
			.run((context) -> assertThat(context.getBean(ServiceMethodRegistry.class).names())
				.doesNotContain("remote.run"));
	}

	@Test
	void whenProxyOfAClientIsLazyThenItIsNotPublished() {
		this.runner.withUserConfiguration(ClientProxies.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("irpc.client.address=127.0.0.1:1")
			.run((context) -> assertThat(context.getBean(ServiceMethodRegistry.class).names())
				.doesNotContain("remote.run"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Lazies {

		@Bean
		AtomicInteger made() {
			return new AtomicInteger();
		}

		@Bean("lazies.LazyService")
		@Lazy
		LazyService lazyService(AtomicInteger made) {
			return new LazyService(made);
		}

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		Prototype prototype() {
			return new Prototype();
		}

	}

	@IrpcService("lazy")
	static class LazyService {

		private final AtomicInteger made;

		LazyService(AtomicInteger made) {
			this.made = made;
			made.incrementAndGet();
		}

		public int made() {
			return this.made.get();
		}

	}

	@IrpcService("prototype")
	static class Prototype {

		private int calls;

		public int calls() {
			return ++this.calls;
		}

	}

	@IrpcService("scoped")
	@Scope("thread")
	static class Scoped {

		private int calls;

		public int calls() {
			return ++this.calls;
		}

	}

	@IrpcService("scopedByProxy")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedByProxy {

		private int calls;

		public int calls() {
			return ++this.calls;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientProxies {

		@Bean
		RemoteService remote(IrpcClient client) {
			return client.proxy(RemoteService.class);
		}

	}

	@IrpcService("remote")
	interface RemoteService {

		void run();

	}

}
