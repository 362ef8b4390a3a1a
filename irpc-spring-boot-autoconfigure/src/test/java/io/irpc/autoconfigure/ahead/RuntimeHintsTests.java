package io.irpc.autoconfigure.ahead;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.jdbc.IrpcJdbcJournalAutoConfiguration;
import io.irpc.client.EventDelivery;
import io.irpc.service.ClientProxy;
import io.netty.channel.ChannelHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what a native image is told about an application.
 */
class RuntimeHintsTests {

	private static final Pattern NAME = Pattern
		.compile("\"((?:io\\.netty|jakarta|org|reactor)\\.[\\w.]+\\.[A-Z]\\w+)\"");

	@SuppressWarnings("NullAway.Init")
	private static RuntimeHints hints;

	@BeforeAll
	static void process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("irpc.clients.manager.address=localhost:1", "irpc.journal.type=jdbc",
						"spring.datasource.url=jdbc:h2:mem:hints", "spring.security.user.password=secret")
				.applyTo(context);
			context.register(ShopWithDatabase.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(Shop.class)), new InMemoryGeneratedFiles());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			hints = generation.getRuntimeHints();
		}
	}

	@Test
	void functionsAreInvokedOnTheInterfaceAndOnTheBean() {
		assertThat(List.of(Prices.class, Shop.OwnPrices.class)).allSatisfy((type) -> {
			assertInvoked(type, "of", String.class);
			assertInvoked(type, "change", Prices.Order.class);
		});
	}

	@Test
	void argumentsAndReturnValuesAreBoundWithAllThatTheyReferTo() {
		assertBound("io.irpc.autoconfigure.ahead.Prices$Order", "article");
		assertBound("io.irpc.autoconfigure.ahead.Price", "discounts");
		assertBound("io.irpc.autoconfigure.ahead.Price$Voucher", "code");
		assertBound("io.irpc.autoconfigure.ahead.Price$Code", "text");
	}

	@Test
	void eventsAreBound() {
		assertBound("io.irpc.autoconfigure.ahead.PriceRemoved", "article");
	}

	@Test
	void serviceInterfacesAreProxiesWhetherOrNotThereIsABean() {
		assertThat(List.of(Prices.class, Uncalled.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.proxies().forInterfaces(type, ClientProxy.class))
				.accepts(hints));
		assertInvoked(Prices.class, "cents", String.class);
		assertBound("io.irpc.autoconfigure.ahead.Uncalled$Answer", "text");
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(IrpcService.class)).accepts(hints);
	}

	@Test
	void listenersAreInvoked() {
		assertInvoked(Shop.Customer.class, "changed", EventDelivery.class);
	}

	@Test
	void whatTheProtocolItselfSendsIsBound() {
		assertBound("io.irpc.session.Identification$Answer", "features");
		assertBound("io.irpc.call.RemoteError$Wire", "code");
		assertBound("io.irpc.client.CallbackPart$Added", "cursor");
		assertBound("io.irpc.client.ClientLogin$Paired", "token");
		assertBound("io.irpc.security.pairing.PairedClientsFile$Entry", "token");
		assertBound("io.irpc.security.pairing.PairedClient", "id");
	}

	@Test
	void scriptsOfTheJournalAreTakenAlong() {
		assertThat(RuntimeHintsPredicates.resource().forResource("io/irpc/journal/jdbc/schema-h2.sql")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/irpc/journal/jdbc/schema-postgresql.sql"))
			.accepts(hints);
	}

	@Test
	void nettyReachesAllHandlersAndChannels() {
		List<JavaClass> handlers = new ClassFileImporter()
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.irpc.protocol", "io.irpc.transport", "io.irpc.session", "io.irpc.server",
					"io.irpc.client")
			.stream()
			.filter((type) -> type.isAssignableTo(ChannelHandler.class) && !type.getName().contains("Tests"))
			.toList();
		assertThat(handlers).hasSizeGreaterThan(5)
			.allSatisfy(
					(type) -> assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(type.getName())))
						.accepts(hints));
		assertThat(List.of("io.netty.channel.local.LocalServerChannel", "io.netty.channel.local.LocalChannel",
				"io.netty.channel.socket.nio.NioServerDomainSocketChannel",
				"io.netty.channel.socket.nio.NioDomainSocketChannel", "io.netty.channel.epoll.EpollSocketChannel",
				"io.netty.channel.uring.IoUringServerSocketChannel"))
			.allSatisfy((name) -> assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name)))
				.accepts(hints));
	}

	@Test
	void classesAreFoundThatAreAskedForByName() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<String> names = files.filter((file) -> file.toString().endsWith(".java"))
				.map(RuntimeHintsTests::content)
				.filter((source) -> source.contains("isPresent("))
				.flatMap((source) -> NAME.matcher(source).results().map((found) -> found.group(1)))
				.distinct()
				.toList();
			assertThat(names).contains("reactor.core.publisher.Mono", "io.netty.channel.epoll.Epoll")
				.allSatisfy((name) -> assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name)))
					.accepts(hints));
		}
	}

	private static String content(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertInvoked(Class<?> type, String name, Class<?>... parameters) {
		Method method = Objects.requireNonNull(ReflectionUtils.findMethod(type, name, parameters));
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).as(type + "." + name).accepts(hints);
	}

	private static void assertBound(String type, String member) {
		Class<?> resolved = ClassUtils.resolveClassName(type, RuntimeHintsTests.class.getClassLoader());
		assertInvoked(resolved, member);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(resolved)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(type).accepts(hints);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, IrpcJdbcJournalAutoConfiguration.class })
	static class ShopWithDatabase {

	}

}
