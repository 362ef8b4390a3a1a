package io.irpc.server;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;

import io.irpc.session.SessionOptions;
import io.irpc.transport.ConnectionOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs to know.
 *
 * @param address the address to listen on: TCP, port 0 for any free one, or Netty's
 * {@link io.netty.channel.local.LocalAddress} to be reached inside this process alone
 * @param unixSocket the Unix domain socket to listen on as well, {@code null} for none
 * @param exposure what may be reached from other machines
 * @param alwaysOn whether to listen even if no service is published
 * @param connection limits and times of connections
 * @param session limits of sessions
 * @param shutdownDelay how long sessions go on at the stop after the application has
 * begun to refuse traffic
 * @param drainTimeout how long running commands may take at the stop
 * @since 0.1.0
 */
public record IrpcServerSettings(SocketAddress address, @Nullable Path unixSocket, Exposure exposure, boolean alwaysOn,
		ConnectionOptions connection, SessionOptions session, Duration shutdownDelay, Duration drainTimeout) {

	/**
	 * What may be reached from other machines.
	 */
	public enum Exposure {

		/**
		 * Nothing without authentication and TLS: otherwise the start fails.
		 */
		PROTECTED,

		/**
		 * Everything, in plain text and by anybody.
		 */
		UNPROTECTED

	}

}
