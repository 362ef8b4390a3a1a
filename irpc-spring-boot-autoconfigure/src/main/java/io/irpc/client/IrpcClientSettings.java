package io.irpc.client;

import java.time.Duration;

import io.irpc.call.Completion;
import io.irpc.transport.ConnectionOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to know.
 *
 * @param name the name that it tells the server
 * @param release the version of the application that it tells the server, {@code null}
 * for none
 * @param addresses where the server is, asked before each attempt to connect
 * @param order which of several addresses comes first
 * @param timeout how long a call waits for its answer unless it says otherwise
 * @param connectTimeout how long an attempt to connect to one address may take
 * @param reconnect how long to wait between attempts
 * @param whileDisconnected what calls do without a connection
 * @param completion which thread completes asynchronous calls
 * @param keepAlive the interval of pings to ask the server for, 15 to 300 seconds;
 * {@code null} for that of the server
 * @param connection limits and times of the connection
 * @param credentials asked for each connection, {@code null} to stay anonymous
 */
record IrpcClientSettings(String name, @Nullable String release, ServerAddresses addresses, AddressOrder order,
		Duration timeout, Duration connectTimeout, ReconnectPolicy reconnect, WhileDisconnected whileDisconnected,
		Completion completion, @Nullable Duration keepAlive, ConnectionOptions connection,
		@Nullable ClientCredentials credentials) {

	private static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(15);

	private static final Duration MAX_KEEP_ALIVE = Duration.ofMinutes(5);

	/**
	 * Create settings.
	 */
	IrpcClientSettings {
		requirePositive("timeout", timeout);
		requirePositive("connectTimeout", connectTimeout);
		require(keepAlive == null
				|| (keepAlive.compareTo(MIN_KEEP_ALIVE) >= 0 && keepAlive.compareTo(MAX_KEEP_ALIVE) <= 0), "keepAlive",
				keepAlive, MIN_KEEP_ALIVE + " to " + MAX_KEEP_ALIVE);
	}

	private static void requirePositive(String name, Duration value) {
		require(!value.isNegative() && !value.isZero(), name, value, "> 0");
	}

	private static void require(boolean valid, String name, @Nullable Object value, String expected) {
		if (!valid) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
