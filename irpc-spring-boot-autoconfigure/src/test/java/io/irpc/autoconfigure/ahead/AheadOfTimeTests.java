package io.irpc.autoconfigure.ahead;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.client.EventDelivery;
import io.irpc.client.EventListenerRegistrar;
import io.irpc.client.IrpcClient;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.service.ClientProxy;
import io.irpc.service.IrpcConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of an application that runs as code that was generated ahead of time.
 */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void functionsAreCalledAndEventsAreHeardWithinTheRightsOfTheUser() {
		run(Shop.class, (context) -> {
			Shop.Customer customer = context.getBean(Shop.Customer.class);
			assertThat(customer.prices()).isInstanceOf(ClientProxy.class);
			context.getBean(EventListenerRegistrar.class).whenActive().orTimeout(30, TimeUnit.SECONDS).join();
			assertThat(customer.prices().of("nail").join().discounts())
				.containsExactly(new Price.Voucher(new Price.Code("spring")));
			assertThat(customer.prices().cents("nail")).isEqualTo(4);
			customer.prices().change(new Prices.Order("nail", 7));
			assertThat(taken(customer).value().price().cents()).isEqualTo(7);
			assertThatExceptionOfType(IrpcException.class).isThrownBy(() -> customer.prices().remove("nail"))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
			Prices stranger = context.getBean("strangerIrpcClient", IrpcClient.class).proxy(Prices.class);
			assertThatExceptionOfType(IrpcException.class).isThrownBy(() -> stranger.remove("nail"))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
		});
	}

	@Test
	void aKeyThatIsSettledByThenStopsTheStartIfItHasAnotherValue() {
		assertThatExceptionOfType(IrpcConfigurationException.class)
			.isThrownBy(() -> run(IrpcAutoConfiguration.class, (context) -> {
			}, "irpc.server.enabled=false"))
			.withMessageContaining("irpc.server.enabled is false, but was true when the application was processed")
			.satisfies((ex) -> assertThat(ex.action()).contains("without spring.aot.enabled"));
	}

	private static EventDelivery<PriceChanged> taken(Shop.Customer customer) {
		try {
			EventDelivery<PriceChanged> delivery = customer.changes().poll(30, TimeUnit.SECONDS);
			assertThat(delivery).isNotNull();
			return delivery;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void run(Class<?> application, Consumer<GenericApplicationContext> consumer, String... changed) {
		TestGenerationContext generation = new TestGenerationContext(application);
		process(application, generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				properties().and(changed).applyTo(context);
				ApplicationContextInitializer<GenericApplicationContext> initializer = compiled
					.getInstance(ApplicationContextInitializer.class);
				initializer.initialize(context);
				context.refresh();
				consumer.accept(context);
			}
		});
	}

	private void process(Class<?> application, TestGenerationContext generation) {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			properties().applyTo(context);
			context.register(application);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
	}

	private TestPropertyValues properties() {
		Path socket = this.directory.resolve("s");
		return TestPropertyValues
			.of("irpc.server.port=0", "irpc.server.unix-socket=" + socket, "spring.security.user.password=secret",
					"spring.security.user.roles=MANAGER")
			.and(client("manager", socket))
			.and("irpc.clients.manager.username=user", "irpc.clients.manager.password=secret")
			.and(client("stranger", socket));
	}

	private static String[] client(String name, Path socket) {
		return Stream
			.of("address=unix:" + socket, "while-disconnected=wait", "reconnect.initial-delay=50ms",
					"reconnect.max-delay=100ms")
			.map((property) -> "irpc.clients." + name + "." + property)
			.toArray(String[]::new);
	}

}
