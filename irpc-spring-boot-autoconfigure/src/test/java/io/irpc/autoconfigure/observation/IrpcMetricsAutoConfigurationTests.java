package io.irpc.autoconfigure.observation;

import io.irpc.observation.ClientMeters;
import io.irpc.observation.JournalMeters;
import io.irpc.observation.LimitMeters;
import io.irpc.observation.LoginMeters;
import io.irpc.observation.SessionMeters;
import io.irpc.observation.SubscriptionMeters;
import io.irpc.protocol.Refusals;
import io.irpc.support.ServerRunner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link IrpcMetricsAutoConfiguration}.
 */
class IrpcMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = ServerRunner.of()
		.withConfiguration(AutoConfigurations.of(IrpcMetricsAutoConfiguration.class));

	@Test
	void whenThereIsNoRegistryThenNothingIsMeasured() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterBinder.class));
	}

	@Test
	void whenMicrometerIsNotThereThenTheServerStartsWithoutMeters() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(IrpcMetricsAutoConfiguration.class)
				.doesNotHaveBean("irpcSessionMeters"));
	}

	@Test
	void whenThereIsARegistryThenServerIsMeasuredAndWhatIsNotThereIsNot() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(SessionMeters.class)
				.hasSingleBean(LimitMeters.class)
				.hasSingleBean(SubscriptionMeters.class)
				.hasSingleBean(JournalMeters.class)
				.doesNotHaveBean(LoginMeters.class)
				.doesNotHaveBean(ClientMeters.class));
	}

	@Test
	void whenSecurityIsNotThereThenTheRestIsMeasured() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SessionMeters.class));
	}

	@Test
	void whenServerIsOffThenClientsAreMeasuredAlone() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("irpc.server.enabled=false", "irpc.client.address=localhost:1",
					"irpc.clients.home.address=localhost:1")
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(MeterBinder.class).hasSingleBean(ClientMeters.class);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(ClientMeters.class).bindTo(registry);
				assertThat(registry.get("irpc.client.reconnects").functionCounters())
					.extracting((counter) -> counter.getId().getTag("client"))
					.containsExactlyInAnyOrder("default", "home");
			});
	}

	@Test
	void whenApplicationHasMetersOfItsOwnThenThoseAreNotConfigured() {
		this.runner.withUserConfiguration(OwnMeters.class)
			.run((context) -> assertThat(context).getBean(LimitMeters.class)
				.isSameAs(context.getBean("ownLimitMeters")));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMeters {

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		LimitMeters ownLimitMeters(Refusals refusals) {
			return new LimitMeters(refusals);
		}

	}

}
