package io.irpc.event;

import io.irpc.annotation.IrpcEvent;
import io.irpc.event.scanned.ScannedApplication;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which events are known, and what is told of them (protocol §3).
 */
class EventListTests {

	private final ApplicationContextRunner runner = ServerRunner.of(ScannedApplication.class);

	@Test
	void whenEventsAreInThePackagesOfTheApplicationThenTheyAreListedFromTheStart() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:getEventList"))
					.isEqualTo(">1\t\t[\"scanned.empty\",\"scanned.interface\",\"scanned.record\"]");
			}
		});
	}

	@Test
	void whenEventIsAskedForThenItsSignatureAndDocumentationAreTold() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!help@1\tev:scanned.record"))
					.isEqualTo(">1\t\t\"signal scanned.record(first, second)\\n\\nA record was scanned.\"");
				assertThat(client.ask("!help@2\tev:scanned.empty")).isEqualTo(">2\t\t\"signal scanned.empty()\"");
				assertThat(client.ask("!help@3\tev:scanned.interface"))
					.isEqualTo(">3\t\t\"signal scanned.interface(name)\"");
			}
		});
	}

	@Test
	void whenAnInterfaceIsTheEventThenItsImplementationsFireIt() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@1\tev:scanned.interface")).isEqualTo(">1\t\tnull");
				context.publishEvent(new Implementation());
				assertThat(client.read()).isEqualTo(">1\tSignal\t{\"name\":\"x\"}");
			}
		});
	}

	@Test
	void whenTwoClassesAreTheSameEventThenStartFailsNamingBoth() {
		@IrpcEvent("scanned.empty")
		record Other(int number) {
		}
		EventTypeRegistry[] registry = new EventTypeRegistry[1];
		this.runner.run((context) -> registry[0] = context.getBean(EventTypeRegistry.class));
		FailureAnalysis analysis = analyse(registry[0], Other.class);
		assertThat(analysis.getDescription()).contains("the event scanned.empty")
			.contains(ScannedApplication.Empty.class.getName())
			.contains(Other.class.getName());
		assertThat(analysis.getAction()).contains("@IrpcEvent");
	}

	@Test
	void whenNameIsNotAllowedByTheProtocolThenItIsRefused() {
		@IrpcEvent("not allowed")
		record Bad(int number) {
		}
		EventTypeRegistry[] registry = new EventTypeRegistry[1];
		this.runner.run((context) -> registry[0] = context.getBean(EventTypeRegistry.class));
		FailureAnalysis analysis = analyse(registry[0], Bad.class);
		assertThat(analysis.getDescription()).contains("'not allowed'").contains(Bad.class.getName());
	}

	private static FailureAnalysis analyse(EventTypeRegistry registry, Class<?> type) {
		try {
			registry.find(type);
		}
		catch (RuntimeException ex) {
			return Analyses.of(ex);
		}
		throw new AssertionError("Registered: " + type);
	}

	static class Implementation implements ScannedApplication.OfInterface {

		@Override
		public String getName() {
			return "x";
		}

	}

}
