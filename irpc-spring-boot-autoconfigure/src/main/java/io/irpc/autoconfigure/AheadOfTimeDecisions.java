package io.irpc.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import io.irpc.service.IrpcConfigurationException;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;

/**
 * Refuses to start an application that was processed ahead of time for other values of
 * the keys that decide which beans there are. Their values at the start would be ignored
 * without a word.
 */
final class AheadOfTimeDecisions implements BeanFactoryPostProcessor, PriorityOrdered {

	private static final Bindable<List<String>> TEXTS = Bindable.listOf(String.class);

	private final Map<String, String> decided;

	/**
	 * Create an instance.
	 * @param decided what the keys have decided, as {@link #of} returns it
	 */
	AheadOfTimeDecisions(Map<String, String> decided) {
		this.decided = decided;
	}

	/**
	 * Find out what the keys decide.
	 * @param environment has the keys
	 * @return what each of them decides, for people as well
	 */
	static Map<String, String> of(Environment environment) {
		Map<String, String> result = new LinkedHashMap<>();
		boolean server = environment.getProperty("irpc.server.enabled", Boolean.class, true);
		result.put("irpc.server.enabled", String.valueOf(server));
		if (server) {
			result.put("irpc.server.pairing.enabled",
					String.valueOf(environment.getProperty("irpc.server.pairing.enabled", Boolean.class, true)));
			result.put("irpc.journal.type",
					environment.getProperty("irpc.journal.type", "memory").toLowerCase(Locale.ROOT));
		}
		boolean client = !Binder.get(environment)
			.bind(ConfiguredClients.SINGLE + ".address", TEXTS)
			.orElse(List.of())
			.isEmpty();
		result.put(ConfiguredClients.SINGLE + ".address", client ? "set" : "not set");
		result.put(ConfiguredClients.NAMED, new TreeSet<>(NamedClientsRegistrar.names(environment)).toString());
		return result;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		Map<String, String> now = of(
				beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class));
		now.forEach((key, value) -> {
			String before = this.decided.get(key);
			if (!value.equals(before)) {
				throw new IrpcConfigurationException(
						key + " is " + value + ", but was " + before
								+ " when the application was processed ahead of time, which has settled its beans",
						"Process the application with the profiles and properties that it is started with, or start it"
								+ " without spring.aot.enabled.");
			}
		});
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
