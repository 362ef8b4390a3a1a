package io.irpc.actuate;

import java.util.Locale;

import io.irpc.call.NotConnectedException;
import io.irpc.client.ConnectionInfo;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.protocol.LogSafe;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether a client is connected. A client that moves to another connection as its
 * server goes away is unknown, not down.
 *
 * @since 0.1.0
 */
public final class IrpcClientHealthIndicator extends AbstractHealthIndicator {

	private final IrpcClient client;

	private final Status disconnected;

	/**
	 * Create an indicator.
	 * @param client the client
	 * @param disconnected the status while there is no connection, {@link Status#DOWN}
	 * where the application cannot do without
	 */
	public IrpcClientHealthIndicator(IrpcClient client, Status disconnected) {
		super("The state of an IRPC client cannot be found out");
		this.client = client;
		this.disconnected = disconnected;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ConnectionInfo connection = this.client.connection();
		builder.status(status(connection)).withDetail("state", connection.state().name().toLowerCase(Locale.ROOT));
		detail(builder, "address", Addresses.text(connection.address()));
		if (connection.state() != ConnectionState.CONNECTED) {
			NotConnectedException failure = connection.lastFailure();
			builder.withDetail("failedAttempts", connection.failures());
			detail(builder, "error", (failure != null) ? LogSafe.text(failure.getMessage()) : null);
		}
	}

	private Status status(ConnectionInfo connection) {
		if (connection.state() == ConnectionState.CONNECTED) {
			return Status.UP;
		}
		boolean moves = connection.state() == ConnectionState.CONNECTING && connection.address() != null
				&& connection.failures() == 0;
		return moves ? Status.UNKNOWN : this.disconnected;
	}

	private static void detail(Health.Builder builder, String name, @Nullable String value) {
		if (value != null) {
			builder.withDetail(name, value);
		}
	}

}
