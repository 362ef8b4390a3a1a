package io.irpc.client;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

import io.irpc.transport.ConnectionOptions;
import io.irpc.transport.TlsContext;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to know.
 *
 * @param name the name that it tells the server
 * @param address the address of the server, TCP (resolved for each connection if it is
 * not yet) or a Unix domain socket
 * @param timeout how long a call waits for its answer unless it says otherwise
 * @param connectTimeout how long an attempt to connect may take
 * @param reconnect how long to wait between attempts
 * @param connection limits and times of the connection
 * @param tls asked for each connection, {@code null} for plain text
 * @param credentials asked for each connection, {@code null} to stay anonymous
 * @since 0.1.0
 */
public record IrpcClientSettings(String name, SocketAddress address, Duration timeout, Duration connectTimeout,
		ReconnectPolicy reconnect, ConnectionOptions connection, @Nullable Supplier<TlsContext> tls,
		@Nullable ClientCredentials credentials) {

}
