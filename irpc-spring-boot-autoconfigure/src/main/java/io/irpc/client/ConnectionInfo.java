package io.irpc.client;

import java.net.SocketAddress;
import java.time.Instant;

import io.irpc.call.NotConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * How the connection of a client is doing, at one moment.
 *
 * @param state its state
 * @param address the address of the server that the client is connected to, or was
 * connected to last; {@code null} if there has been no connection
 * @param connectedSince since when the client is connected, {@code null} if it is not
 * @param lastFailure why the last connection was lost or the last attempt failed,
 * {@code null} if neither has happened since the client was made or has disconnected. A
 * connection does not clear it
 * @param failures how many attempts have failed since the last connection or since the
 * client has disconnected, one through all addresses counted as one
 * @since 0.1.0
 */
public record ConnectionInfo(ConnectionState state, @Nullable SocketAddress address, @Nullable Instant connectedSince,
		@Nullable NotConnectedException lastFailure, int failures) {

}
