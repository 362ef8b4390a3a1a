package io.irpc.service;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.irpc.annotation.IrpcService;
import io.irpc.support.ServerRunner;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that the framework calls are no functions.
 */
class FrameworkMethodsTests {

	private static final List<String> PREDEFINED = List.of("getEventList", "getFunctionList", "whaticando", "whoami");

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenMethodsBelongToTheFrameworkThenTheyAreNotPublished() {
		this.runner.withUserConfiguration(Infrastructure.class)
			.run((context) -> assertThat(published(context)).containsExactly("business"));
	}

	@Test
	void whenConfigurationClassIsAnnotatedThenItsBeanMethodsAreNotPublished() {
		this.runner.withUserConfiguration(FullConfiguration.class)
			.run((context) -> assertThat(published(context)).containsExactly("business"));
	}

	@Test
	void whenInitAndDestroyMethodsAreDeclaredThenTheyAreNotPublished() {
		this.runner.withUserConfiguration(DeclaringConfiguration.class)
			.run((context) -> assertThat(published(context)).containsExactly("business"));
	}

	private static SortedSet<String> published(ApplicationContext context) {
		SortedSet<String> names = new TreeSet<>(context.getBean(ServiceMethodRegistry.class).names());
		PREDEFINED.forEach(names::remove);
		return names;
	}

	@IrpcService
	static class Infrastructure implements InitializingBean, DisposableBean, AutoCloseable, BeanNameAware,
			ApplicationListener<ContextRefreshedEvent> {

		public void business() {
		}

		@Override
		public void afterPropertiesSet() {
		}

		@Override
		public void destroy() {
		}

		@Override
		public void close() {
		}

		@Override
		public void setBeanName(String name) {
		}

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
		}

		@PostConstruct
		public void begin() {
		}

		@PreDestroy
		public void end() {
		}

		@Bean
		public String text() {
			return "";
		}

		@EventListener
		public void listen(ContextRefreshedEvent event) {
		}

		@Scheduled(fixedRate = 1)
		@Scheduled(fixedDelay = 2)
		public void often() {
		}

		@Scheduled(fixedRate = 1)
		public void sometimes() {
		}

	}

	@IrpcService
	@Configuration
	static class FullConfiguration {

		@Bean
		public String text() {
			return "";
		}

		public void business() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaringConfiguration {

		@Bean(initMethod = "begin", destroyMethod = "finish")
		Declared declared() {
			return new Declared();
		}

	}

	@IrpcService
	static class Declared {

		public void business() {
		}

		public void begin() {
		}

		public void finish() {
		}

	}

}
