package io.irpc.autoconfigure;

import java.util.List;
import java.util.Objects;

import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Finds instances by Spring Cloud.
 */
final class DiscoveryAddresses implements ServiceLookup {

	/**
	 * The key of an instance's metadata that has the port of its IRPC server.
	 */
	static final String PORT = "irpc.port";

	private static final Log logger = LogFactory.getLog(DiscoveryAddresses.class);

	private static final int MAX_PORT = 65535;

	private final ObjectProvider<DiscoveryClient> discovery;

	DiscoveryAddresses(ObjectProvider<DiscoveryClient> discovery) {
		this.discovery = discovery;
	}

	@Override
	public boolean isAvailable() {
		return this.discovery.getIfAvailable() != null;
	}

	@Override
	public List<String> addresses(String service) {
		return this.discovery.getObject()
			.getInstances(service)
			.stream()
			.map((instance) -> address(service, instance))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.toList();
	}

	// an instance that says nonsense is no reason not to use the others
	private static @Nullable String address(String service, ServiceInstance instance) {
		String metadata = (instance.getMetadata() != null) ? instance.getMetadata().get(PORT) : null;
		int port = (metadata != null) ? number(metadata) : instance.getPort();
		if (port < 1 || port > MAX_PORT) {
			logger.warn(LogSafe.text("Not used: the instance " + instance.getHost() + " of " + service
					+ " has the port " + ((metadata != null) ? metadata + " in its metadata " + PORT : port)
					+ " (expected: 1 to " + MAX_PORT + ")"));
			return null;
		}
		String host = instance.getHost();
		return ((host.indexOf(':') >= 0 && !host.startsWith("[")) ? "[" + host + "]" : host) + ":" + port;
	}

	private static int number(String text) {
		try {
			return Integer.parseInt(text.trim());
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
