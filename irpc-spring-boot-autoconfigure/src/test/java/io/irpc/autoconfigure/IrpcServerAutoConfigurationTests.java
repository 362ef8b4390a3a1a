package io.irpc.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;

import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.event.EventBroadcaster;
import io.irpc.event.EventExternalizer;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.journal.Retention;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerSettings;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.SessionManager;
import io.irpc.session.WorkerPool;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.irpc.transport.ConnectionOptions;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there is a server, and what its properties mean.
 */
class IrpcServerAutoConfigurationTests {

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenServerIsDisabledThenThereAreNoBeansOfIt() {
		this.runner.withPropertyValues("irpc.server.enabled=false")
			.withUserConfiguration(Service.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(IrpcServer.class)
				.doesNotHaveBean(IrpcServerSettings.class)
				.doesNotHaveBean(ServiceMethodRegistry.class)
				.doesNotHaveBean(SessionManager.class)
				.doesNotHaveBean(WorkerPool.class)
				.doesNotHaveBean(EventJournal.class)
				.doesNotHaveBean(EventExternalizer.class)
				.doesNotHaveBean(EventBroadcaster.class)
				.doesNotHaveBean(IrpcClient.class));
	}

	@Test
	void whenThereIsNoServiceAndNoPortThenNothingListens() {
		this.runner.withPropertyValues("irpc.server.port=")
			.run((context) -> assertThat(context.getBean(IrpcServer.class).isRunning()).isFalse());
	}

	@Test
	void whenThereIsAPortButNoServiceThenTheServerListens() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void whenThereIsAServiceButNoPortThenTheServerListens() {
		this.runner.withPropertyValues("irpc.server.port=")
			.withUserConfiguration(Service.class)
			.withBean(IrpcServerSettings.class, IrpcServerAutoConfigurationTests::settings)
			.run((context) -> assertThat(context.getBean(IrpcServer.class).isRunning()).isTrue());
	}

	@Test
	void whenPortIsNotSetThenItIsTheDefault() {
		this.runner.withPropertyValues("irpc.server.port=")
			.run((context) -> assertThat(context.getBean(IrpcServerSettings.class))
				.satisfies((settings) -> assertThat(settings.address()).hasToString("localhost/127.0.0.1:10123"))
				.satisfies((settings) -> assertThat(settings.alwaysOn()).isFalse()));
	}

	@Test
	void whenNothingIsSetThenTheLimitsAreThoseOfTheProtocol() {
		this.runner.run((context) -> {
			IrpcServerSettings settings = context.getBean(IrpcServerSettings.class);
			assertThat(settings.connection()).isEqualTo(ConnectionOptions.DEFAULTS);
			assertThat(settings.session().maxRunningCommands()).isEqualTo(1024);
			assertThat(settings.session().maxWaitingBytes()).isEqualTo(DataSize.ofMegabytes(4).toBytes());
			assertThat(settings.exposure()).isEqualTo(IrpcServerSettings.Exposure.PROTECTED);
			assertThat(settings.unixSocket()).isNull();
		});
	}

	@Test
	void whenLimitsAreSetThenTheyHold() {
		this.runner
			.withPropertyValues("irpc.server.connection.max-parameters=5", "irpc.server.connection.ping-interval=2s",
					"irpc.server.limits.max-anonymous-message-size=8KB",
					"spring.lifecycle.timeout-per-shutdown-phase=10s")
			.run((context) -> {
				IrpcServerSettings settings = context.getBean(IrpcServerSettings.class);
				assertThat(settings.connection().maxParameters()).isEqualTo(5);
				assertThat(settings.connection().pingInterval()).hasSeconds(2);
				assertThat(settings.session().maxAnonymousMessageLength()).isEqualTo(8192);
				assertThat(settings.drainTimeout()).isLessThan(Duration.ofSeconds(10)).isPositive();
			});
	}

	@Test
	void whenLimitIsNotPossibleThenStartFailsNamingIt() {
		this.runner.withPropertyValues("irpc.server.connection.ping-interval=2m")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("irpc.server.connection.idle-timeout=PT1M30S"));
	}

	@Test
	void whenThereIsNoMapperThenTheServerWorksWithItsOwn() {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader("org.springframework.boot.jackson"))
			.withConfiguration(AutoConfigurations.of(IrpcAutoConfiguration.class, IrpcEventAutoConfiguration.class,
					IrpcServerAutoConfiguration.class))
			.withPropertyValues("irpc.server.port=0")
			.withUserConfiguration(Service.class)
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
				}
			});
	}

	@Test
	void whenMapperOfTheApplicationIndentsThenAnswersAreStillOneLine() {
		this.runner
			.withPropertyValues("spring.jackson.serialization.indent-output=true",
					"spring.jackson.property-naming-strategy=SNAKE_CASE")
			.withUserConfiguration(Service.class)
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:object")).isEqualTo(">1\t\t{\"two_words\":[1,2]}");
				}
			});
	}

	@Test
	void whenThereIsAJournalThenItIsUsed() {
		EventJournal journal = new InMemoryEventJournal(new Retention(1, 1, Duration.ofDays(1)), Clock.systemUTC());
		this.runner.withBean(EventJournal.class, () -> journal)
			.run((context) -> assertThat(context).getBean(EventJournal.class).isSameAs(journal));
	}

	@Test
	void whenInitializationIsLazyThenTheServerListensNevertheless() {
		this.runner.withUserConfiguration(Service.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
				}
			});
	}

	private static IrpcServerSettings settings() {
		IrpcServerSettings[] result = new IrpcServerSettings[1];
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IrpcAutoConfiguration.class, IrpcEventAutoConfiguration.class,
					IrpcServerAutoConfiguration.class))
			.run((context) -> result[0] = context.getBean(IrpcServerSettings.class));
		IrpcServerSettings settings = result[0];
		return new IrpcServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null,
				settings.exposure(), settings.alwaysOn(), settings.connection(), settings.session(),
				settings.shutdownDelay(), settings.drainTimeout());
	}

	@IrpcService
	static class Service {

		public int number() {
			return 1;
		}

		public TwoWords object() {
			return new TwoWords(new int[] { 1, 2 });
		}

	}

	record TwoWords(int[] twoWords) {

	}

}
