package io.irpc.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of IRPC clients that have names.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc")
public class IrpcClientsProperties {

	/**
	 * Clients by their names, each with the keys of irpc.client.
	 */
	private final Map<String, IrpcClientProperties> clients = new LinkedHashMap<>();

	public Map<String, IrpcClientProperties> getClients() {
		return this.clients;
	}

}
