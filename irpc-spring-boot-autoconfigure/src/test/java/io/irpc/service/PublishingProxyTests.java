package io.irpc.service;

import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcService;
import io.irpc.support.Analyses;
import io.irpc.support.NoTransactionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import jakarta.validation.constraints.Max;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services are found on the class of a bean and called through its proxy, whatever the
 * proxy and the scope.
 */
class PublishingProxyTests {

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenClassIsProxiedThenCallsPassTheInterceptors() {
		this.runner.withUserConfiguration(Transactions.class, TransactionalClass.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:inTransaction")).isEqualTo(">1\t\ttrue");
			}
		});
	}

	@Test
	void whenInterfaceIsProxiedByTheJdkThenCallsPassTheInterceptors() {
		this.runner.withUserConfiguration(JdkTransactions.class, TransactionalBean.class).run((context) -> {
			assertThat(context.getBean(TransactionalService.class)).isInstanceOf(java.lang.reflect.Proxy.class);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:tx.inTransaction")).isEqualTo(">1\t\ttrue");
			}
		});
	}

	@Test
	void whenJdkProxyHidesTheMethodThenStartFailsNamingIt() {
		this.runner.withUserConfiguration(JdkTransactions.class, HiddenByProxy.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("HiddenByProxy.inTransaction()");
				assertThat(analysis.getAction()).contains("spring.aop.proxy-target-class=true");
			}));
	}

	@Test
	void whenProxyIsMadeByAFactoryBeanThenCallsPassTheInterceptors() {
		this.runner.withUserConfiguration(FactoryBeans.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:counted.value")).isEqualTo(">1\t\t1");
				assertThat(client.ask("!call@2\tfn:counted.ofClass")).isEqualTo(">2\t\t1");
			}
			assertThat(context.getBean(AtomicInteger.class)).hasValue(2);
			assertThat(context.getBean(ServiceMethodRegistry.class).names()).doesNotContain("counted.often");
		});
	}

	@Test
	void whenClassIsValidatedThenItIsPublishedAndItsArgumentsAreChecked() {
		this.runner.withUserConfiguration(ValidatedService.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:small\tnumber=3")).isEqualTo(">1\t\t3");
				assertThat(client.ask("!call@2\tfn:small\tnumber=4")).startsWith(">2\tException\t\"Argument number: ");
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Transactions {

		@Bean
		NoTransactionManager transactionManager() {
			return new NoTransactionManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class JdkTransactions {

		@Bean
		NoTransactionManager transactionManager() {
			return new NoTransactionManager();
		}

	}

	@IrpcService
	static class TransactionalClass {

		@Transactional
		public boolean inTransaction() {
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

	}

	@IrpcService("tx")
	interface TransactionalService {

		boolean inTransaction();

	}

	static class TransactionalBean implements TransactionalService {

		@Override
		@Transactional
		public boolean inTransaction() {
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

	}

	interface Unrelated {

		void other();

	}

	@IrpcService
	static class HiddenByProxy implements Unrelated {

		@Override
		public void other() {
		}

		@Transactional
		public boolean inTransaction() {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryBeans {

		@Bean
		AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		MethodInterceptor counting(AtomicInteger calls) {
			return (invocation) -> {
				calls.incrementAndGet();
				return invocation.proceed();
			};
		}

		@Bean
		ProxyFactoryBean ofInterface() {
			return proxy(new CountedBean(), false);
		}

		@Bean
		ProxyFactoryBean ofClass() {
			return proxy(new CountedClass(), true);
		}

		private static ProxyFactoryBean proxy(Object target, boolean ofClass) {
			ProxyFactoryBean proxy = new ProxyFactoryBean();
			proxy.setTarget(target);
			proxy.setProxyTargetClass(ofClass);
			proxy.setInterceptorNames("counting");
			return proxy;
		}

	}

	@IrpcService("counted")
	interface Counted {

		int value();

	}

	static class CountedBean implements Counted {

		@Override
		public int value() {
			return 1;
		}

	}

	@IrpcService("counted")
	static class CountedClass {

		public int ofClass() {
			return 1;
		}

		@Scheduled(fixedRate = 1)
		public void often() {
		}

	}

	@IrpcService
	@Validated
	static class ValidatedService {

		public int small(@Max(3) int number) {
			return number;
		}

	}

}
