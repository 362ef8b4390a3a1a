package io.irpc.autoconfigure;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import io.irpc.server.IrpcServerStartedEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Publishes the actual port as the property {@code local.irpc.port}.
 */
final class LocalIrpcPort implements ApplicationListener<IrpcServerStartedEvent>, ApplicationContextAware {

	private static final String PROPERTY_SOURCE = "server.ports";

	private static final String PROPERTY = "local.irpc.port";

	private @Nullable ApplicationContext context;

	@Override
	public void setApplicationContext(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(IrpcServerStartedEvent event) {
		if (event.server().address() instanceof InetSocketAddress && this.context != null
				&& this.context.getEnvironment() instanceof ConfigurableEnvironment environment) {
			ports(environment.getPropertySources()).put(PROPERTY, event.server().port());
		}
	}

	private static Map<String, Object> ports(MutablePropertySources sources) {
		if (sources.get(PROPERTY_SOURCE) instanceof MapPropertySource existing) {
			return existing.getSource();
		}
		MapPropertySource added = new MapPropertySource(PROPERTY_SOURCE, new HashMap<>());
		sources.addFirst(added);
		return added.getSource();
	}

}
