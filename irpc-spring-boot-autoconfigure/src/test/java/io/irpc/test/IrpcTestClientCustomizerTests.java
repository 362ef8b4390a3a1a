package io.irpc.test;

import java.util.List;

import io.irpc.test.greeting.GreetingApplication;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link IrpcTestClientCustomizer} and its factory.
 */
class IrpcTestClientCustomizerTests {

	private final IrpcTestClientCustomizerFactory factory = new IrpcTestClientCustomizerFactory();

	@Test
	void testsOfApplicationsHaveTheClientAndShareContexts() {
		assertThat(this.factory.createContextCustomizer(Slice.class, List.of())).isNotNull()
			.isEqualTo(this.factory.createContextCustomizer(Whole.class, List.of()));
		assertThat(this.factory.createContextCustomizer(Object.class, List.of())).isNull();
	}

	@Test
	void whenThereIsNoServerThenTheClientTellsSo() {
		try (AnnotationConfigApplicationContext context = customized()) {
			context.refresh();
			IrpcTestClient client = context.getBean(IrpcTestClient.class);
			assertThatIllegalStateException().isThrownBy(() -> client.call("f"))
				.withMessageContaining("There is no IRPC server in the context of the test");
		}
	}

	@Test
	void whenTestHasAClientOfItsOwnThenThatIsInjected() {
		try (AnnotationConfigApplicationContext context = customized(); IrpcTestClient own = IrpcTestClient.to(1)) {
			context.registerBean("own", IrpcTestClient.class, () -> own);
			context.refresh();
			assertThat(context.getBean(IrpcTestClient.class)).isSameAs(own);
		}
	}

	@Test
	void whenTheDefinitionWasGeneratedAheadOfTimeThenTheClientIsStillDisconnectedBeforeTheServerStops() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean("irpcTestClient", IrpcTestClient.class);
			customize(context);
			context.refresh();
			assertThat(context.getBeansOfType(IrpcTestClient.class)).hasSize(1);
			assertThat(context.getBean(IrpcTestClientLifecycle.class).isRunning()).isTrue();
		}
	}

	private static AnnotationConfigApplicationContext customized() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		customize(context);
		return context;
	}

	private static void customize(AnnotationConfigApplicationContext context) {
		new IrpcTestClientCustomizer().customizeContext(context, Mockito.mock(MergedContextConfiguration.class));
	}

	@IrpcTest
	static class Slice {

	}

	@SpringBootTest(classes = GreetingApplication.class)
	static class Whole {

	}

}
