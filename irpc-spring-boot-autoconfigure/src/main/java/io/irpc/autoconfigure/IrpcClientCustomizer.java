package io.irpc.autoconfigure;

import io.irpc.client.IrpcClientBuilder;

/**
 * Changes how auto-configured clients are built, after the properties. Beans of this type
 * are called in their order, for each client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IrpcClientCustomizer {

	/**
	 * Name of the client that is configured by {@code irpc.client.*}.
	 */
	String DEFAULT_CLIENT = "default";

	/**
	 * Change how a client is built.
	 * @param clientName the name behind {@code irpc.clients.}, or {@link #DEFAULT_CLIENT}
	 * @param builder builds the client
	 */
	void customize(String clientName, IrpcClientBuilder builder);

}
