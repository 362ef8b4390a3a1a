package io.irpc.event;

import java.io.Serial;
import java.util.List;

import io.irpc.annotation.IrpcEvent;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ContextRefreshedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Events of the application at those who monitor them (protocol §5.1).
 */
class MonitorTests {

	private final ApplicationContextRunner runner = ServerRunner.of()
		// known from their first firing on
		.withInitializer((context) -> context.addApplicationListener((event) -> {
			if (event instanceof ContextRefreshedEvent) {
				context.publishEvent(new OfRecord("", 0));
				context.publishEvent(new OfClass());
				context.publishEvent(new OfApplicationEvent(context));
			}
		}));

	@Test
	void whenRecordIsPublishedThenItsComponentsAreSignalled() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@m1\tev:monitor.record")).isEqualTo(">m1\t\tnull");
				context.publishEvent(new OfRecord("tab\tá", 1));
				assertThat(client.read()).isEqualTo(">m1\tSignal\t{\"text\":\"tab\\tá\",\"number\":1}");
				context.publishEvent(new PayloadApplicationEvent<>(this, new OfRecord("b", 2)));
				assertThat(client.read()).isEqualTo(">m1\tSignal\t{\"text\":\"b\",\"number\":2}");
			}
		});
	}

	@Test
	void whenClassIsPublishedThenItsPropertiesAreSignalled() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@m1\tev:monitor.class")).isEqualTo(">m1\t\tnull");
				context.publishEvent(new OfClass());
				assertThat(client.read()).isEqualTo(">m1\tSignal\t{\"name\":\"class\"}");
			}
		});
	}

	@Test
	void whenApplicationEventIsPublishedThenItsSourceStaysHere() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!help@1\tev:monitor.application")).contains("name").doesNotContain("source");
				assertThat(client.ask("!monitor@m1\tev:monitor.application")).isEqualTo(">m1\t\tnull");
				context.publishEvent(new OfApplicationEvent("secret"));
				assertThat(client.read()).startsWith(">m1\tSignal\t{")
					.contains("\"name\":\"event\"")
					.doesNotContain("source")
					.doesNotContain("secret");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "action=\"disable\"", "=\"disable\"" })
	void whenMonitorIsDisabledThenItEndsAndOthersGoOn(String argument) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@a\tev:monitor.record\taction=\"enable\"")).isEqualTo(">a\t\tnull");
				assertThat(client.ask("!monitor@b\tev:monitor.record\t=\"enable\"")).isEqualTo(">b\t\tnull");
				context.publishEvent(new OfRecord("x", 1));
				assertThat(List.of(String.valueOf(client.read()), String.valueOf(client.read())))
					.containsExactlyInAnyOrder(">a\tSignal\t{\"text\":\"x\",\"number\":1}",
							">b\tSignal\t{\"text\":\"x\",\"number\":1}");
				assertThat(client.ask("!monitor@a\tev:monitor.record\t" + argument)).isEqualTo(">a\t\tnull");
				context.publishEvent(new OfRecord("y", 2));
				assertThat(client.read()).isEqualTo(">b\tSignal\t{\"text\":\"y\",\"number\":2}");
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenMonitorIsDisabledWithoutAnIdThenAllOfTheEventEnd() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@a\tev:monitor.record")).isEqualTo(">a\t\tnull");
				assertThat(client.ask("!monitor\tev:monitor.record")).isEqualTo(">\t\tnull");
				assertThat(client.ask("!monitor@c\tev:monitor.class")).isEqualTo(">c\t\tnull");
				context.publishEvent(new OfRecord("x", 1));
				assertThat(List.of(String.valueOf(client.read()), String.valueOf(client.read())))
					.containsExactlyInAnyOrder(">a\tSignal\t{\"text\":\"x\",\"number\":1}",
							">\tSignal\t{\"text\":\"x\",\"number\":1}");
				assertThat(client.ask("!monitor\tev:monitor.record\t=\"disable\"")).isEqualTo(">\t\tnull");
				context.publishEvent(new OfRecord("y", 2));
				context.publishEvent(new OfClass());
				assertThat(client.read()).startsWith(">c\tSignal\t");
			}
		});
	}

	@Test
	void whenMonitorIsRepeatedThenEventsAreSignalledOnce() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@a\tev:monitor.record")).isEqualTo(">a\t\tnull");
				assertThat(client.ask("!monitor@a\tev:monitor.record")).isEqualTo(">a\t\tnull");
				for (int i = 1; i <= 3; i++) {
					context.publishEvent(new OfRecord("x", i));
					assertThat(client.read()).isEqualTo(">a\tSignal\t{\"text\":\"x\",\"number\":" + i + "}");
				}
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "=\"toggle\"", "=1", "=null", "action=\"enable", "action={}" })
	void whenActionIsUnknownThenItIsRefused(String argument) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@a\tev:monitor.record\t" + argument))
					.isEqualTo(">a\tException\t\"Argument action: expected \\\"enable\\\" or \\\"disable\\\"\"");
			}
		});
	}

	@Test
	void whenThereAreTooManyMonitorsThenMoreAreRefused() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 0; i < 64; i++) {
					assertThat(client.ask("!monitor@m" + i + "\tev:monitor.record")).isEqualTo(">m" + i + "\t\tnull");
				}
				assertThat(client.ask("!monitor@more\tev:monitor.record"))
					.startsWith(">more\tException\t\"Too many subscriptions");
			}
		});
	}

	@Test
	void whenEventIsTooLongThenItFailsTheOneWhoRaisesIt() {
		this.runner.withPropertyValues("irpc.server.connection.max-message-size=1KB")
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.publishEvent(new OfRecord("x".repeat(1024), 1)))
				.withMessageContaining("monitor.record")
				.withMessageContaining("1024"));
	}

	@Test
	void whenInitializationIsLazyThenEventsAreSignalledNevertheless() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!monitor@m1\tev:monitor.record")).isEqualTo(">m1\t\tnull");
					// the first ones may be read from the journal while the monitor
					// begins
					for (int i = 0; i < 10; i++) {
						context.publishEvent(new OfRecord("a", i));
						assertThat(client.read()).isEqualTo(">m1\tSignal\t{\"text\":\"a\",\"number\":" + i + "}");
					}
				}
			});
	}

	@IrpcEvent("monitor.record")
	record OfRecord(String text, int number) {

	}

	@IrpcEvent("monitor.class")
	static class OfClass {

		public String getName() {
			return "class";
		}

	}

	@IrpcEvent("monitor.application")
	static class OfApplicationEvent extends ApplicationEvent {

		@Serial
		private static final long serialVersionUID = 1L;

		OfApplicationEvent(Object source) {
			super(source);
		}

		public String getName() {
			return "event";
		}

	}

}
