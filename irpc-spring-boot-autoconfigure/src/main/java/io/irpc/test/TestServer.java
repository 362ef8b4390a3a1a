package io.irpc.test;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

import io.irpc.client.ClientCredentials;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientBuilder;
import io.irpc.client.IrpcClientListener;
import io.irpc.client.ReconnectPolicy;
import io.irpc.client.ServerAddress;
import io.irpc.client.ServerAddresses;
import io.irpc.payload.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A server that tests reach without TLS.
 *
 * @param address supplies the address, when it is needed
 * @param converter converts arguments and values
 */
record TestServer(Supplier<SocketAddress> address, PayloadConverter converter) {

	/**
	 * Time in which a server on the same machine does anything, unless it is broken.
	 */
	static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int THREADS = 4;

	/**
	 * Create a client.
	 * @param credentials what it logs in with, {@code null} to stay anonymous
	 * @param listener told of what happens to it
	 * @return the client, which does not connect yet
	 */
	IrpcClient client(@Nullable ClientCredentials credentials, IrpcClientListener listener) {
		IrpcClientBuilder builder = IrpcClient.builder()
			.name("test")
			.addresses(ServerAddresses.of(ServerAddress.ofPlainText(this.address.get())))
			.timeout(TIMEOUT)
			.connectTimeout(TIMEOUT)
			.reconnect(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(100)))
			.converter(this.converter)
			.platformThreads(THREADS)
			.listener(listener);
		return ((credentials != null) ? builder.credentials(credentials) : builder).build();
	}

}
