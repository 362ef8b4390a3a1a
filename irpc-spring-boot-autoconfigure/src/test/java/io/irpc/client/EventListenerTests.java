package io.irpc.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventListenerAutoConfiguration;
import io.irpc.call.RemoteCallException;
import io.irpc.service.IrpcConfigurationException;
import io.irpc.support.Analyses;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of methods of beans that listen to events of a server.
 */
class EventListenerTests {

	private static final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

	private final CallbackServer server = new CallbackServer();

	private final ApplicationContextRunner withoutClient = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, IrpcAutoConfiguration.class,
				IrpcClientAutoConfiguration.class, IrpcEventListenerAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutClient
		.withPropertyValues("irpc.client.address=127.0.0.1:" + this.server.port());

	@AfterEach
	void close() {
		this.server.close();
		seen.clear();
	}

	@Test
	void theAnnotationSaysWhatIsAskedFor() {
		this.runner.withUserConfiguration(Home.class)
			.withPropertyValues("home.name=home", "home.window=16")
			.run((context) -> {
				assertThat(this.server.nextAdd()).isEqualTo("add:home\tev:errorRaised"
						+ "\twhere={\"severity.in\":[\"HIGH\",\"FATAL\"]}\tinitial=\"0\"\tdurable=true\twindow=16");
				awaitAnswers(context);
				this.server.fire("f1", "fired:home\tcursor:1\tn=1");
				assertThat(this.server.nextAnswer()).isEqualTo(">f1\t\tnull");
				assertThat(next()).isEqualTo(new SubscribeTests.Error(1));
			});
		assertThat(this.server.adds()).isEmpty();
	}

	@Test
	void anApplicationThatListensKeepsRunningUntilItIsStopped() {
		// of contexts that other tests share
		List<Thread> others = keepAliveThreads();
		this.runner.withUserConfiguration(Home.class)
			.withPropertyValues("home.name=home", "home.window=16")
			.run((context) -> assertThat(keepAliveThreads()).filteredOn((thread) -> !others.contains(thread))
				.singleElement()
				.matches((thread) -> !thread.isDaemon()));
		Awaitility.await().until(() -> others.containsAll(keepAliveThreads()));
		this.runner.run((context) -> assertThat(others).containsAll(keepAliveThreads()));
	}

	private static List<Thread> keepAliveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("irpc-listeners"))
			.toList();
	}

	@Test
	void aStoppedApplicationLeavesADurableSubscriptionOnTheServer() throws InterruptedException {
		this.runner.withUserConfiguration(Home.class)
			.withPropertyValues("home.name=home", "home.window=16")
			.run((context) -> {
				this.server.nextAdd();
				awaitAnswers(context);
			});
		assertThat(this.server.nextOther()).endsWith(" stop:home");
	}

	@Test
	void aListenerMayHaveTheDeliveryAndGenerics() {
		this.runner.withUserConfiguration(Generic.class).run((context) -> {
			assertThat(this.server.nextAdd()).isEqualTo("add:Generic-raised\tev:errorRaised\twindow=128");
			awaitAnswers(context);
			this.server.fire("f1", "fired:Generic-raised\tcursor:7\tlines=[1,2]");
			assertThat(next()).isEqualTo(new EventDelivery<>(Map.of("lines", List.of(1, 2)), "7", 1));
		});
	}

	@Test
	void listenersOfScopedLazyAndProxiedBeansAreCalled() {
		this.runner.withUserConfiguration(Beans.class).run((context) -> {
			for (int i = 0; i < 3; i++) {
				this.server.nextAdd();
			}
			awaitAnswers(context);
			for (String name : List.of("lazy", "scoped", "proxied")) {
				this.server.fire(name, "fired:" + name + "\tcursor:1\tn=1");
				assertThat(next()).isEqualTo(name);
			}
		});
	}

	@Test
	void gapsAndFailuresArePublished() {
		this.server.add = (line) -> "\t{\"cursor\":\"40\",\"truncated\":true}";
		this.runner.withUserConfiguration(Failing.class).run((context) -> {
			assertThat(next()).isEqualTo(EventGap.Reason.TRUNCATED);
			this.server.nextAdd();
			awaitAnswers(context);
			this.server.fire("f1", "fired:Failing-raised\tcursor:1\tn=\"many\"");
			assertThat(next()).isEqualTo("Failing-raised");
		});
	}

	@Test
	void aMethodThatCannotListenFailsTheStart() {
		failsWith(TwoParameters.class, "The method raised of the bean", "TwoParameters", "cannot listen to an event");
		failsWith(Returning.class, "The method raised of the bean", "cannot listen to an event");
		failsWith(Hidden.class, "The method raised of the bean", "cannot listen to an event");
	}

	@Test
	void wrongAttributesFailTheStart() {
		failsWith(BadWhere.class, "has where = \"{\"n.like\":1}\", which is not valid", "like");
		failsWith(BadEvent.class, "has event = \"1st\", which is not valid");
		failsWith(BadWindow.class, "has window = \"many\", which is not valid");
		failsWith(TwoNames.class, "has a name and is durable under another one");
		failsWith(InitialOnly.class, "initially(...)");
	}

	@Test
	void twoListenersOfOneNameFailTheStart() {
		failsWith(Twice.class, "listens under the name errs like another one", "The method first", "The method second");
	}

	@Test
	void aListenerWithoutAClientFailsTheStart() {
		this.withoutClient.withBean(Generic.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(IrpcConfigurationException.class)
				.hasMessageContaining("The method raised of the bean")
				.hasMessageContaining("there is no IrpcClient"));
		this.withoutClient.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aListenerSaysWhichOfSeveralClientsListens() {
		try (CallbackServer other = new CallbackServer()) {
			this.runner.withUserConfiguration(Twice.class)
				.withPropertyValues("irpc.clients.warehouse.address=127.0.0.1:" + other.port(),
						"second.client=warehouse")
				.run((context) -> {
					assertThat(this.server.nextAdd()).startsWith("add:errs\tev:errorRaised\twindow");
					assertThat(other.nextAdd()).startsWith("add:errs\tev:errorRaised\tdurable");
				});
			assertThat(this.server.adds()).isEmpty();
			assertThat(other.adds()).isEmpty();
		}
	}

	@Test
	void aListenerOfAClientThatDoesNotExistFailsTheStart() {
		this.runner.withUserConfiguration(Elsewhere.class)
			.withPropertyValues("irpc.clients.warehouse.address=localhost:1")
			.withBean("own", IrpcClient.class, () -> IrpcClient.builder().address("localhost:1").build())
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("The method raised of the bean", "Elsewhere",
						"by the client 'harbour', but there is none of this name");
				assertThat(analysis.getAction()).contains("[own, warehouse]", "irpc.clients.harbour");
			});
		failsWith(Elsewhere.class, "by the client 'harbour'");
		this.runner.withUserConfiguration(Elsewhere.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("[default]"));
	}

	@Test
	void aProxyThatHidesTheMethodFailsTheStart() {
		failsWith(Hiding.class, "The method raised of the bean hiding", "cannot be called through the bean's proxy");
	}

	private void failsWith(Class<?> bean, String... parts) {
		this.runner.withUserConfiguration(bean)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(configurationFailure(failure).getMessage()).contains(parts)));
	}

	private static Throwable configurationFailure(Throwable failure) {
		Throwable cause = failure;
		while (!(cause instanceof IrpcConfigurationException)) {
			cause = Objects.requireNonNull(cause.getCause(), "no IrpcConfigurationException");
		}
		return cause;
	}

	/**
	 * Wait until what was answered before has arrived, by the answer of something else.
	 */
	private static void awaitAnswers(AssertableApplicationContext context) {
		assertThatExceptionOfType(RemoteCallException.class)
			.isThrownBy(() -> context.getBean(IrpcClient.class).call("nosuch").retrieve(Void.class));
	}

	private static Object next() throws InterruptedException {
		return CallbackServer.next(seen);
	}

	static class Home {

		@IrpcEventListener(event = "errorRaised", durable = "${home.name}", initial = "0", window = "${home.window}",
				where = "{\"severity.in\":[\"HIGH\",\"FATAL\"]}")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class Generic {

		@IrpcEventListener(event = "errorRaised")
		void raised(EventDelivery<Map<String, List<Integer>>> delivery) {
			seen.add(delivery);
		}

	}

	static class Failing {

		@IrpcEventListener(event = "errorRaised")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

		@EventListener
		void gap(IrpcEventGapEvent event) {
			seen.add(event.gap().reason());
		}

		@EventListener
		void failed(IrpcEventFailureEvent event) {
			seen.add(event.failure().subscription());
		}

	}

	interface Listening {

		@IrpcEventListener(event = "errorRaised", name = "proxied")
		void raised(SubscribeTests.Error error);

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@Lazy
		LazyListener lazyListener() {
			return new LazyListener();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ScopedListener scopedListener() {
			return new ScopedListener();
		}

		@Bean
		ProxiedListener proxiedListener() {
			return new ProxiedListener();
		}

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
			proxies.setBeanNames("proxiedListener");
			return proxies;
		}

	}

	static class LazyListener {

		@IrpcEventListener(event = "errorRaised", name = "lazy")
		void raised(SubscribeTests.Error error) {
			seen.add("lazy");
		}

	}

	static class ScopedListener {

		@IrpcEventListener(event = "errorRaised", name = "scoped")
		void raised(SubscribeTests.Error error) {
			seen.add("scoped");
		}

	}

	static class ProxiedListener implements Listening {

		@Override
		public void raised(SubscribeTests.Error error) {
			seen.add("proxied");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hiding {

		@Bean
		HidingListener hiding() {
			return new HidingListener();
		}

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
			proxies.setBeanNames("hiding");
			return proxies;
		}

	}

	static class HidingListener implements Runnable {

		@Override
		public void run() {
		}

		@IrpcEventListener(event = "errorRaised")
		public void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class TwoParameters {

		@IrpcEventListener(event = "errorRaised")
		void raised(SubscribeTests.Error error, String cursor) {
			seen.add(error + cursor);
		}

	}

	static class Returning {

		@IrpcEventListener(event = "errorRaised")
		CompletableFuture<Void> raised(SubscribeTests.Error error) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class Hidden {

		@IrpcEventListener(event = "errorRaised")
		@SuppressWarnings("unused")
		private void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class BadWhere {

		@IrpcEventListener(event = "errorRaised", where = "{\"n.like\":1}")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class BadEvent {

		@IrpcEventListener(event = "1st")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class BadWindow {

		@IrpcEventListener(event = "errorRaised", window = "many")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class TwoNames {

		@IrpcEventListener(event = "errorRaised", name = "a", durable = "b")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class InitialOnly {

		@IrpcEventListener(event = "errorRaised", initial = "0")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class Twice {

		@IrpcEventListener(event = "errorRaised", name = "errs")
		void first(SubscribeTests.Error error) {
			seen.add(error);
		}

		@IrpcEventListener(event = "errorRaised", durable = "errs", client = "${second.client:}")
		void second(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

	static class Elsewhere {

		@IrpcEventListener(event = "errorRaised", client = "harbour")
		void raised(SubscribeTests.Error error) {
			seen.add(error);
		}

	}

}
