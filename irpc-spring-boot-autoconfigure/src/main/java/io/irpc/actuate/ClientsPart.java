package io.irpc.actuate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.irpc.call.NotConnectedException;
import io.irpc.client.ClientFigures;
import io.irpc.client.ConnectionInfo;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells how the clients of the application are doing.
 *
 * @since 0.1.0
 */
public final class ClientsPart implements EndpointPart {

	static final String NAME = "clients";

	private final List<IrpcClient> clients;

	/**
	 * Create a part.
	 * @param clients the clients
	 */
	public ClientsPart(List<IrpcClient> clients) {
		this.clients = List.copyOf(clients);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, Object> summary() {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("configured", this.clients.size());
		result.put("connected",
				this.clients.stream().filter((client) -> client.state() == ConnectionState.CONNECTED).count());
		return result;
	}

	@Override
	public OperationResponseBody read(Disclosure disclosure) {
		return new Clients(this.clients.stream().map((client) -> describe(client, disclosure)).toList());
	}

	private static Client describe(IrpcClient client, Disclosure disclosure) {
		ConnectionInfo connection = client.connection();
		ClientFigures figures = client.figures();
		NotConnectedException failure = connection.lastFailure();
		return new Client(figures.name(), connection.state().name().toLowerCase(Locale.ROOT),
				disclosure.show("clients.address", Addresses.text(connection.address())), since(connection),
				figures.connections(), connection.failures(),
				disclosure.show("clients.lastError", (failure != null) ? failure.getMessage() : null));
	}

	private static @Nullable Instant since(ConnectionInfo connection) {
		Instant since = connection.connectedSince();
		return (since != null) ? since.truncatedTo(ChronoUnit.MILLIS) : null;
	}

	/**
	 * What is told of all clients.
	 *
	 * @param clients the clients
	 */
	record Clients(List<Client> clients) implements OperationResponseBody {

	}

	/**
	 * What is told of a client.
	 *
	 * @param name its name
	 * @param state the state of its connection
	 * @param address the server that it is or was connected to last, {@code null} for
	 * none
	 * @param connectedSince since when it is connected, {@code null} if it is not
	 * @param connections how many connections it has had, the one of the moment included
	 * @param failedAttempts how many attempts to connect have failed since the last
	 * connection
	 * @param lastError why the last connection was lost or the last attempt has failed,
	 * {@code null} if neither has happened
	 */
	record Client(String name, String state, @Nullable String address, @Nullable Instant connectedSince,
			long connections, int failedAttempts, @Nullable String lastError) {

	}

}
