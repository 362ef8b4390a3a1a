package io.irpc.autoconfigure;

import java.util.Map;

import io.irpc.service.IrpcConfigurationException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link AheadOfTimeDecisions}.
 */
class AheadOfTimeDecisionsTests {

	private final MockEnvironment before = new MockEnvironment();

	private final MockEnvironment now = new MockEnvironment();

	@Test
	void whenKeysDecideTheSameThenTheApplicationStarts() {
		this.before.withProperty("irpc.client.address", "localhost:1").withProperty("irpc.journal.type", "JDBC");
		this.now.withProperty("irpc.client.address[0]", "example.com:2")
			.withProperty("irpc.journal.type", "jdbc")
			.withProperty("irpc.server.enabled", "true")
			.withProperty("irpc.server.port", "1");
		check();
	}

	@Test
	void whenAKeyDecidesSomethingElseThenItIsNamedWithBothValues() {
		assertRefused("irpc.server.enabled", "false", "irpc.server.enabled is false, but was true when");
		assertRefused("irpc.server.pairing.enabled", "false", "irpc.server.pairing.enabled is false, but was true");
		assertRefused("irpc.journal.type", "jdbc", "irpc.journal.type is jdbc, but was memory when");
		assertRefused("irpc.client.address", "localhost:1", "irpc.client.address is set, but was not set when");
		assertRefused("irpc.clients.a.address", "localhost:1", "irpc.clients is [a], but was [] when");
	}

	@Test
	void whenThereIsNoServerThenKeysOfTheServerDecideNothing() {
		this.before.setProperty("irpc.server.enabled", "false");
		this.now.withProperty("irpc.server.enabled", "false").withProperty("irpc.journal.type", "jdbc");
		check();
	}

	private void assertRefused(String key, String value, String problem) {
		this.now.setProperty(key, value);
		assertThatExceptionOfType(IrpcConfigurationException.class).isThrownBy(this::check)
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.action()).contains("Process the application with the profiles"));
		this.now.getPropertySources().forEach((source) -> ((Map<?, ?>) source.getSource()).clear());
	}

	private void check() {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, this.now);
		new AheadOfTimeDecisions(AheadOfTimeDecisions.of(this.before)).postProcessBeanFactory(beanFactory);
	}

}
