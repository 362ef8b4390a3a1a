package io.irpc.autoconfigure.actuate;

import java.time.Clock;
import java.time.Duration;

import io.irpc.actuate.EndpointPart;
import io.irpc.actuate.FunctionUses;
import io.irpc.actuate.IrpcEndpoint;
import io.irpc.actuate.IrpcEndpointJmxExtension;
import io.irpc.actuate.IrpcEndpointWebExtension;
import io.irpc.actuate.JournalPart;
import io.irpc.annotation.IrpcService;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.journal.Retention;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when there is an endpoint.
 */
@Timeout(60)
class IrpcEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=irpc";

	private final ApplicationContextRunner runner = ServerRunner.of(Service.class)
		.withConfiguration(AutoConfigurations.of(IrpcEndpointAutoConfiguration.class));

	@Test
	void whenTheEndpointIsNotExposedThenNothingIsRecorded() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(IrpcEndpoint.class)
			.doesNotHaveBean(FunctionUses.class)
			.doesNotHaveBean(EndpointPart.class));
	}

	@Test
	void whenTheEndpointIsExposedOverHttpThenThereIsNoExtensionForJmx() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(IrpcEndpoint.class)
				.hasSingleBean(FunctionUses.class)
				.hasSingleBean(IrpcEndpointWebExtension.class)
				.doesNotHaveBean(IrpcEndpointJmxExtension.class));
	}

	@Test
	void whenAccessIsDeniedThenThereIsNoEndpoint() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.irpc.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(IrpcEndpoint.class)
				.doesNotHaveBean(FunctionUses.class));
	}

	@Test
	void whenActuatorIsNotOnTheClassPathThenTheServerStartsWithoutAnEndpoint() {
		this.runner.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("irpcEndpoint"));
	}

	@Test
	void whenThereIsNoServerThenOnlyClientsAreTold() {
		this.runner.withPropertyValues(EXPOSED, "irpc.server.enabled=false")
			.run((context) -> assertThat(context).getBeans(EndpointPart.class).containsOnlyKeys("irpcClientsPart"));
	}

	@Test
	void whenTheApplicationHasAJournalOfItsOwnThenNothingIsToldOfItsRetention() {
		EventJournal journal = Mockito.mock(EventJournal.class, AdditionalAnswers
			.delegatesTo(new InMemoryEventJournal(new Retention(1, 1, Duration.ofDays(1)), Clock.systemUTC())));
		this.runner.withPropertyValues(EXPOSED)
			.withBean(EventJournal.class, () -> journal)
			.run((context) -> assertThat(context.getBean(JournalPart.class).summary()).containsEntry("type", "custom"));
	}

	@Test
	void whenTheJournalIsInMemoryThenThatIsTold() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			assertThat(context).hasSingleBean(InMemoryEventJournal.class);
			assertThat(context.getBean(JournalPart.class).summary()).containsEntry("type", "memory");
		});
	}

	@IrpcService
	static class Service {

		public int half(int number) {
			return number / 2;
		}

	}

}
