package io.irpc.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.irpc.actuate.IrpcClientHealthIndicator;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientCustomizer;
import io.irpc.autoconfigure.IrpcClientProperties;
import io.irpc.autoconfigure.IrpcClientsProperties;
import io.irpc.client.IrpcClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of IRPC clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IrpcClientAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(IrpcClient.class)
@ConditionalOnEnabledHealthIndicator("irpc-client")
public final class IrpcClientHealthContributorAutoConfiguration {

	private static final String SINGLE = "irpcClient";

	private static final String SUFFIX = "IrpcClient";

	@Bean
	@ConditionalOnMissingBean(name = { "irpcClientHealthIndicator", "irpcClientHealthContributor" })
	HealthContributor irpcClientHealthContributor(Map<String, IrpcClient> clients, IrpcClientProperties single,
			IrpcClientsProperties named) {
		Map<String, IrpcClientHealthIndicator> indicators = new LinkedHashMap<>();
		clients.forEach((beanName, client) -> {
			String name = name(beanName);
			IrpcClientProperties properties = beanName.equals(SINGLE) ? single : named.getClients().get(name);
			boolean required = properties != null && properties.getHealth().isRequired();
			indicators.put(name, new IrpcClientHealthIndicator(client, required ? Status.DOWN : Status.UNKNOWN));
		});
		return (indicators.size() == 1) ? indicators.values().iterator().next()
				: CompositeHealthContributor.fromMap(indicators);
	}

	private static String name(String beanName) {
		if (beanName.equals(SINGLE)) {
			return IrpcClientCustomizer.DEFAULT_CLIENT;
		}
		return beanName.endsWith(SUFFIX) ? beanName.substring(0, beanName.length() - SUFFIX.length()) : beanName;
	}

}
