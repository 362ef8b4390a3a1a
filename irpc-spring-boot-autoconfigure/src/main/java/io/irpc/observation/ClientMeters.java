package io.irpc.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import io.irpc.client.ClientFigures;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the clients of an application, by the name that the application knows each
 * by. Those of one name are added up.
 *
 * @since 0.1.0
 */
public final class ClientMeters implements MeterBinder {

	private final Map<String, SameName> clients = new TreeMap<>();

	/**
	 * Create meters.
	 * @param clients the clients
	 */
	public ClientMeters(List<IrpcClient> clients) {
		for (IrpcClient client : clients) {
			this.clients.computeIfAbsent(client.figures().name(), (name) -> new SameName(new ArrayList<>()))
				.clients()
				.add(client);
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.clients.forEach((name, clients) -> bind(registry, name, clients));
	}

	private static void bind(MeterRegistry registry, String name, SameName clients) {
		for (ConnectionState state : ConnectionState.values()) {
			IrpcMeter.CLIENT_STATE.gauge(registry, clients, sum((client) -> (client.state() == state) ? 1 : 0), name,
					state.name().toLowerCase(Locale.ROOT));
		}
		IrpcMeter.CLIENT_CONNECTIONS.counter(registry, clients, sum(ClientFigures::connections), name);
		IrpcMeter.CLIENT_RECONNECTS.counter(registry, clients, sum((client) -> Math.max(0, client.connections() - 1)),
				name);
		IrpcMeter.CLIENT_CONNECT_FAILURES.counter(registry, clients, sum(ClientFigures::failedAttempts), name);
		IrpcMeter.CLIENT_MESSAGES.counter(registry, clients, sum((client) -> client.traffic().receivedMessages()), name,
				TrafficDirection.IN);
		IrpcMeter.CLIENT_MESSAGES.counter(registry, clients, sum((client) -> client.traffic().sentMessages()), name,
				TrafficDirection.OUT);
		IrpcMeter.CLIENT_TRAFFIC.counter(registry, clients, sum((client) -> client.traffic().receivedBytes()), name,
				TrafficDirection.IN);
		IrpcMeter.CLIENT_TRAFFIC.counter(registry, clients, sum((client) -> client.traffic().sentBytes()), name,
				TrafficDirection.OUT);
	}

	private static ToDoubleFunction<SameName> sum(ToDoubleFunction<ClientFigures> value) {
		return (same) -> same.clients().stream().map(IrpcClient::figures).mapToDouble(value).sum();
	}

	/**
	 * The clients of one name.
	 *
	 * @param clients the clients
	 */
	private record SameName(List<IrpcClient> clients) {

	}

}
