package io.irpc.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.irpc.transport.ConnectionOptions;
import io.irpc.transport.TlsContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients with short times.
 */
final class TestClients {

	static final ConnectionOptions OPTIONS = ConnectionOptions.DEFAULTS;

	private TestClients() {
	}

	static IrpcClient of(int port) {
		return of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), OPTIONS, new CopyOnWriteArrayList<>());
	}

	static IrpcClient of(int port, List<ConnectionState> states) {
		return of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), OPTIONS, states);
	}

	static IrpcClient of(SocketAddress address, ConnectionOptions options, List<ConnectionState> states) {
		return of(address, options, null, states);
	}

	static IrpcClient of(SocketAddress address, ConnectionOptions options, @Nullable Supplier<TlsContext> tls,
			List<ConnectionState> states) {
		return of(address, options, tls, null, states);
	}

	static IrpcClient of(int port, @Nullable Supplier<TlsContext> tls, ClientCredentials credentials,
			List<ConnectionState> states) {
		return of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), OPTIONS, tls, credentials, states);
	}

	static IrpcClient of(int port, IrpcClientListener listener) {
		return of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), OPTIONS, null, null, listener);
	}

	private static IrpcClient of(SocketAddress address, ConnectionOptions options, @Nullable Supplier<TlsContext> tls,
			@Nullable ClientCredentials credentials, List<ConnectionState> states) {
		return of(address, options, tls, credentials, (client, connection) -> states.add(connection.state()));
	}

	private static IrpcClient of(SocketAddress address, ConnectionOptions options, @Nullable Supplier<TlsContext> tls,
			@Nullable ClientCredentials credentials, IrpcClientListener listener) {
		IrpcClientBuilder builder = builder().addresses(ServerAddresses.of(new ServerAddress(address, tls)))
			.connection(options)
			.listener(listener);
		if (credentials != null) {
			builder.credentials(credentials);
		}
		return builder.build();
	}

	/**
	 * Begin to build a client.
	 * @return a builder without an address
	 */
	static IrpcClientBuilder builder() {
		return IrpcClient.builder()
			.name("tester")
			.timeout(Duration.ofSeconds(10))
			.connectTimeout(Duration.ofSeconds(5))
			.reconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(50)))
			.platformThreads();
	}

}
