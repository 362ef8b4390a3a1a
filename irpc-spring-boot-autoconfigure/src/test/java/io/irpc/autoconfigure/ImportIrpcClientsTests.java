package io.irpc.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.clients.PriceTags;
import io.irpc.autoconfigure.clients.Stock;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.service.ClientProxy;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.support.Analyses;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests of {@link ImportIrpcClients}.
 */
class ImportIrpcClientsTests {

	@Test
	void whenNothingIsNamedThenTheInterfacesOfThePackageAreInjected() {
		withServer((server) -> client(server, PriceTags.class)
			.run((context) -> assertThat(context.getBean("tag")).isEqualTo("4 for 40")));
	}

	@Test
	void whenBeansAreLazyThenProxiesAreStillNotPublished() {
		withServer((server) -> client(server, ByPackage.class).withInitializer(ImportIrpcClientsTests::beLazy)
			.run((context) -> {
				assertThat(context.getBean(ServiceMethodRegistry.class).find("stock.count")).isNull();
				assertThat(context.getBean(Stock.class).count("nail")).isEqualTo(4);
			}));
	}

	@Test
	void whenBeansAreLazyThenAnInterfaceMayBeOneThatCannotBePublished() {
		withServer((server) -> client(server, ClientsOnly.class).withInitializer(ImportIrpcClientsTests::beLazy)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ForClients.class)));
	}

	@Test
	void whenApplicationImplementsTheInterfaceThenItsOwnBeanIsInjectedAndPublishedOnce() {
		withServer((server) -> client(server, ByPackage.class, OwnStock.class).run((context) -> {
			assertThat(context.getBean(Stock.class)).isInstanceOf(OwnStock.class);
			assertThat(context.getBeansOfType(Stock.class)).hasSize(2);
			assertThat(context.getBean(ServiceMethodRegistry.class).names()).contains("stock.count");
		}));
	}

	@Test
	void whenClientIsNamedThenItsProxyIsFoundByTheSameName() {
		ServerRunner.of(TwoClients.class, Counts.class)
			.withPropertyValues("which=west")
			.run((context) -> assertThat(context.getBean("counts")).isEqualTo("1 and 2"));
	}

	@Test
	void whenThereIsNoAddressThenStartFailsNamingInterfaceAndKey() {
		ServerRunner.of(ByPackage.class)
			.run(assertFailure("Prices is imported by @ImportIrpcClients on " + ByPackage.class.getName()
					+ ", but irpc.client.address is not set", "Set irpc.client.address"));
	}

	@Test
	void whenThereIsNoSuchClientThenStartFailsNamingInterfaceAndKey() {
		ServerRunner.of(TwoClients.class)
			.withPropertyValues("which=north")
			.run(assertFailure(Stock.class.getName() + " is imported by @ImportIrpcClients on "
					+ TwoClients.class.getName()
					+ " for the client 'north', which is none of the clients that there are: [eastClient, westClient]",
					"Set irpc.clients.north.address"));
	}

	@Test
	void whenNothingIsFoundThenStartFailsNamingThePackage() {
		ServerRunner.of(WrongPackage.class)
			.run(assertFailure("finds no interface with @IrpcService in [io.irpc.nosuch]", "basePackages"));
	}

	@Test
	void whenTypeIsNoServiceInterfaceThenStartFailsNamingIt() {
		ServerRunner.of(WrongType.class)
			.run(assertFailure("names java.lang.Runnable, which is not an interface with @IrpcService", "types"));
	}

	@Test
	void whenCodeIsGeneratedAheadOfTimeThenItNamesNoInterfaceThatIsNotPublic() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(PriceTags.class);
			InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("io.irpc.generated", "Application")), files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			String sources = files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE)
				.values()
				.stream()
				.map(ImportIrpcClientsTests::content)
				.filter((source) -> source.contains("package io.irpc.autoconfigure;"))
				.reduce("", String::concat);
			assertThat(sources).contains("\"io.irpc.autoconfigure.clients.Prices\"", "setFallback(true)")
				.doesNotContain("Prices.class");
		}
	}

	private static String content(InputStreamSource source) {
		try (InputStream input = source.getInputStream()) {
			return new String(input.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// as spring.main.lazy-initialization does
	private static void beLazy(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
	}

	private static void withServer(ContextConsumer<AssertableApplicationContext> consumer) {
		ServerRunner.of(RemoteStock.class, RemotePrices.class).run(consumer);
	}

	private static ApplicationContextRunner client(AssertableApplicationContext server, Class<?>... configurations) {
		return ServerRunner.of(configurations)
			.withPropertyValues("irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port());
	}

	private static ContextConsumer<AssertableApplicationContext> assertFailure(String description, String action) {
		return (context) -> assertThat(Analyses.of(context.getStartupFailure())).satisfies((analysis) -> {
			assertThat(analysis.getDescription()).contains(description);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportIrpcClients(basePackages = "${stock.package:io.irpc.autoconfigure.clients}",
			basePackageClasses = Stock.class)
	static class ByPackage {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportIrpcClients(types = ForClients.class)
	static class ClientsOnly {

	}

	/**
	 * Cannot be published, as the default is no value of the type.
	 */
	@IrpcService("later")
	interface ForClients {

		int count(@IrpcParam(defaultValue = "all") int articles);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportIrpcClients(basePackages = "io.irpc.nosuch")
	static class WrongPackage {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportIrpcClients(types = Runnable.class)
	static class WrongType {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportIrpcClients(types = Stock.class, client = "east")
	@ImportIrpcClients(types = Stock.class, client = "${which}")
	static class TwoClients {

		@Bean
		@Qualifier("east")
		IrpcClient eastClient() {
			return clientOf(1);
		}

		@Bean
		@Qualifier("west")
		IrpcClient westClient() {
			return clientOf(2);
		}

		private static IrpcClient clientOf(int count) {
			IrpcClient client = Mockito.mock(IrpcClient.class);
			Stock stock = Mockito.mock(Stock.class, Mockito.withSettings().extraInterfaces(ClientProxy.class));
			given(stock.count("nail")).willReturn(count);
			given(client.proxy(Stock.class)).willReturn(stock);
			return client;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Counts {

		@Bean
		String counts(@Qualifier("east") Stock east, @Qualifier("west") Stock west) {
			return east.count("nail") + " and " + west.count("nail");
		}

	}

	static class OwnStock implements Stock {

		@Override
		public int count(String article) {
			return 7;
		}

	}

	static class RemoteStock implements Stock {

		@Override
		public int count(String article) {
			return article.length();
		}

	}

	@IrpcService("prices")
	static class RemotePrices {

		public int of(String article) {
			return 10 * article.length();
		}

	}

}
