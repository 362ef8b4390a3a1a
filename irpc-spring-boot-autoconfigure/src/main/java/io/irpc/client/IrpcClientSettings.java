package io.irpc.client;

import java.time.Duration;

import io.irpc.transport.ConnectionOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to know.
 *
 * @param name the name that it tells the server
 * @param addresses where the server is, asked before each attempt to connect
 * @param order which of several addresses comes first
 * @param timeout how long a call waits for its answer unless it says otherwise
 * @param connectTimeout how long an attempt to connect to one address may take
 * @param reconnect how long to wait between attempts
 * @param whileDisconnected what calls do without a connection
 * @param startup what the start of the application does about the first connection
 * @param startupTimeout how long it waits for it, if it does
 * @param connection limits and times of the connection
 * @param credentials asked for each connection, {@code null} to stay anonymous
 * @since 0.1.0
 */
public record IrpcClientSettings(String name, ServerAddresses addresses, AddressOrder order, Duration timeout,
		Duration connectTimeout, ReconnectPolicy reconnect, WhileDisconnected whileDisconnected, Startup startup,
		Duration startupTimeout, ConnectionOptions connection, @Nullable ClientCredentials credentials) {

}
